using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Bench;

/// <summary>A call as it was made, to be made again.</summary>
public sealed record RecordedCall(Uri Address, string? ContentType, string? Authorization, string Body);

/// <summary>Stands between a connector and its twin, passes every call on and keeps those that carry recipients.</summary>
internal sealed class CallRecording : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly Uri _target;
    private readonly string _carrier;
    private readonly ConcurrentQueue<RecordedCall> _calls = new();

    private CallRecording(WebApplication app, Uri target, string carrier) => (_app, _target, _carrier) = (app, target, carrier);

    public Uri Address => new(new Uri(_app.Urls.First()), _target.PathAndQuery);
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <param name="carrier">How the path of the calls ends that are kept.</param>
    public static async Task<CallRecording> StartAsync(Uri target, string carrier)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var recording = new CallRecording(app, target, carrier);
        app.Run(recording.PassAsync);
        await app.StartAsync();
        return recording;
    }

    /// <summary>Makes the calls again over so many connections, under another name of the order; returns the seconds from the first to the last answer.</summary>
    public static async Task<double> ReplayAsync(IReadOnlyList<RecordedCall> calls, int connections, string name, string otherName)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromMinutes(5) };
        var ready = calls.Select(c => (Call: c, Address: new Uri(c.Address.AbsoluteUri.Replace(name, otherName, StringComparison.Ordinal)), Body: Encoding.UTF8.GetBytes(c.Body.Replace(name, otherName, StringComparison.Ordinal)))).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(ready, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (c, cancellation) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, c.Address) { Content = new ByteArrayContent(c.Body) };
            if (c.Call.ContentType is { } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (c.Call.Authorization is { } key) request.Headers.TryAddWithoutValidation("Authorization", key);
            using var answer = await client.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellation);
        });
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Makes one call again whose body holds a file in Base64 after <paramref name="mark"/>: the file is written as it leaves, piece by piece.
    /// </summary>
    /// <param name="pieces">Texts whose length in bytes is a multiple of three, but for the last.</param>
    public static async Task<double> StreamAsync(RecordedCall call, string mark, IEnumerable<string> pieces, string name, string otherName)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var from = call.Body.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        var around = (Before: call.Body[..from].Replace(name, otherName, StringComparison.Ordinal), After: call.Body[call.Body.IndexOf('"', from)..]);
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Address) { Content = new Pieces(around.Before, pieces, around.After) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        request.Headers.TryAddWithoutValidation("Authorization", call.Authorization);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return clock.Elapsed.TotalSeconds;
    }

    private sealed class Pieces(string before, IEnumerable<string> pieces, string after) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(before));
            foreach (var piece in pieces) await stream.WriteAsync(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(piece))));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(after));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private async Task PassAsync(HttpContext http)
    {
        var address = new Uri(_target, http.Request.Path + http.Request.QueryString);
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var call = new RecordedCall(address, http.Request.ContentType, http.Request.Headers.Authorization.ToString() is { Length: > 0 } key ? key : null, body);
        if (http.Request.Method == "POST" && address.AbsolutePath.EndsWith(_carrier, StringComparison.OrdinalIgnoreCase)) _calls.Enqueue(call);
        using var request = new HttpRequestMessage(new(http.Request.Method), address);
        // MobilePush names the address to call next after the one it was called at.
        request.Headers.Host = http.Request.Host.Value;
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (call.ContentType is { } type) request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        if (call.Authorization is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _client.SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
