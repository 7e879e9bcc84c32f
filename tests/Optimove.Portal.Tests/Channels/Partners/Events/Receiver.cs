using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Tests.Channels.Partners.Events;

/// <summary>A program that listens: what it got, by path, in the order in which it came.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _got = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What is answered to a notice, after whatever it waits for; 200 at once unless said otherwise.</summary>
    public Func<Received, Task<int>> Answers { get; set; } = _ => Task.FromResult(200);

    /// <summary>Told once an answer has gone out.</summary>
    public Action<Received> Answered { get; set; } = _ => { };

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public Uri At(string path) => new(new Uri(_app.Urls.First()), path);

    public IReadOnlyList<Received> Got(string path) => [.. _got.Where(g => g.Path == path)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(http.Request.Path, body.ToArray(), http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _got.Enqueue(received);
        http.Response.OnCompleted(() =>
        {
            Answered(received);
            return Task.CompletedTask;
        });
        http.Response.StatusCode = await Answers(received);
    }
}

public sealed record Received(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
