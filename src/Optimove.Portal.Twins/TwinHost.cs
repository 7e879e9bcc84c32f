using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Twins.Partner;
using Optimove.Portal.Twins.Saved;

namespace Optimove.Portal.Twins;

/// <summary>What a host of its own needs to run.</summary>
public sealed record TwinOptions
{
    public required TimeProvider Clock { get; init; }
    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }
    /// <summary>Where the world is kept between runs; null keeps it in memory only.</summary>
    public string? StatePath { get; init; }
    /// <summary>Fills a world that no file was kept of.</summary>
    public Action<TwinWorld> Seed { get; init; } = _ => { };
    /// <summary>Told once calls are taken.</summary>
    public Action<TwinHost> Started { get; init; } = _ => { };
}

/// <summary>A web server of its own on the loopback address that plays every provider of a world.</summary>
public sealed class TwinHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Keeper? _keeper;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _partners;

    private TwinHost(WebApplication app, TwinWorld world, Keeper? keeper)
    {
        (_app, World, _keeper) = (app, world, keeper);
        _partners = PartnerPrograms.RunAsync(world, PartnerListener, _stop.Token);
    }

    public TwinWorld World { get; }

    /// <summary>Ends with a slash.</summary>
    public Uri BaseAddress => new(_app.Urls.First() + "/");

    /// <summary>The base address of an account's API, for example <c>http://127.0.0.1:5081/mailchimp/demo/3.0/</c>.</summary>
    public Uri MailChimp(string account) => new(BaseAddress, $"mailchimp/{account}/3.0/");

    /// <summary>The base address of a Marketing Cloud account, for example <c>http://127.0.0.1:5081/mobilepush/demo/</c>; sessions and REST lie below it.</summary>
    public Uri MobilePush(string account) => new(BaseAddress, $"mobilepush/{account}/");
    /// <summary>The base address of an account's API, for example <c>http://127.0.0.1:5081/appboy/demo/</c>.</summary>
    public Uri Appboy(string account) => new(BaseAddress, $"appboy/{account}/");

    /// <summary>The base address of an account's API, for example <c>http://127.0.0.1:5081/cheetah/demo/</c>.</summary>
    public Uri Cheetah(string account) => new(BaseAddress, $"cheetah/{account}/");

    /// <summary>Where a partner of the world wants its notices.</summary>
    public Uri PartnerListener(string account) => new(BaseAddress, $"partner/{account}/listener");

    /// <param name="port">0 takes a free one.</param>
    /// <param name="statePath">Where the world is written soon after each change; null writes nothing.</param>
    public static async Task<TwinHost> StartAsync(TwinWorld world, int port = 0, string? statePath = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapTwins(world);
        await app.StartAsync(cancellation);
        return new TwinHost(app, world, statePath is null ? null : new Keeper(world, statePath));
    }

    /// <summary>Loads or seeds a world and serves it until cancelled: the whole life of a twin in a process of its own.</summary>
    public static async Task RunAsync(TwinOptions options, CancellationToken cancellation)
    {
        var world = new TwinWorld(options.Clock);
        if (options.StatePath is null || !await world.LoadAsync(options.StatePath, cancellation)) options.Seed(world);
        await using var host = await StartAsync(world, options.Port, options.StatePath, cancellation);
        options.Started(host);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _partners;
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        if (_keeper is not null) await _keeper.DisposeAsync();
        _stop.Dispose();
    }
}
