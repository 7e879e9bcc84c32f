using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Twins;

/// <summary>A web server of its own on the loopback address that plays every provider of a world.</summary>
public sealed class TwinHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TwinHost(WebApplication app) => _app = app;

    /// <summary>Ends with a slash.</summary>
    public Uri BaseAddress => new(_app.Urls.First() + "/");

    /// <summary>The base address of an account's API, for example <c>http://127.0.0.1:5081/mailchimp/demo/3.0/</c>.</summary>
    public Uri MailChimp(string account) => new(BaseAddress, $"mailchimp/{account}/3.0/");

    /// <param name="port">0 takes a free one.</param>
    public static async Task<TwinHost> StartAsync(TwinWorld world, int port = 0, CancellationToken cancellation = default)
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
        return new TwinHost(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
