using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Optimove.Portal.Tests.Sending.Faults;

/// <summary>Where on its way a call is when the caller dies.</summary>
public enum KillAt
{
    /// <summary>The provider never hears of it.</summary>
    BeforeItArrives,
    /// <summary>The provider has done it; its answer is lost.</summary>
    AfterItTookEffect,
}

/// <summary>Stands between the portal and a provider and strikes at the n-th call.</summary>
internal sealed class KillingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
    private readonly Uri _target;
    private int _calls;
    private (int Call, KillAt At, Action Strike)? _plan;

    private KillingProxy(WebApplication app, Uri target) => (_app, _target) = (app, target);

    public Uri Address => new(_app.Urls.First());

    /// <summary>Strikes, and counts, only at calls that change something.</summary>
    public bool WritesOnly { get; set; }
    /// <summary>Calls since the last plan.</summary>
    public int Calls => _calls;
    public bool Struck { get; private set; }

    public static async Task<KillingProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var proxy = new KillingProxy(app, target);
        app.Run(proxy.PassAsync);
        await app.StartAsync();
        return proxy;
    }

    /// <param name="call">From 1; counted from now.</param>
    public void Plan(int call, KillAt at, Action strike)
    {
        (_calls, Struck) = (0, false);
        _plan = (call, at, strike);
    }

    public void NoPlan() => _plan = null;

    private async Task PassAsync(HttpContext http)
    {
        var number = WritesOnly && http.Request.Method == "GET" ? 0 : Interlocked.Increment(ref _calls);
        var strikes = _plan is { } plan && plan.Call == number;
        if (strikes && _plan!.Value.At == KillAt.BeforeItArrives)
        {
            Strike(http);
            return;
        }
        using var request = new HttpRequestMessage(new(http.Request.Method), new Uri(_target, http.Request.Path + http.Request.QueryString));
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            if (http.Request.ContentType is { } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        if (http.Request.Headers.Authorization is [{ } key]) request.Headers.TryAddWithoutValidation("Authorization", key);
        using var response = await _client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (strikes)
        {
            Strike(http);
            return;
        }
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (answer.Length > 0) await http.Response.Body.WriteAsync(answer);
    }

    private void Strike(HttpContext http)
    {
        Struck = true;
        _plan!.Value.Strike();
        http.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
