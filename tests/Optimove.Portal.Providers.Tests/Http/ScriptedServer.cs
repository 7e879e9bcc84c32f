using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Optimove.Portal.Providers.Http;
using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.Http;

/// <summary>A pipeline over answers that a test writes, on a clock that the test moves.</summary>
public sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private int _inFlight;

    public ScriptedServer(Action<ProviderOptions>? configure = null)
    {
        var options = new ProviderOptions { AttemptTimeout = TimeSpan.FromMinutes(5), ReadTimeout = TimeSpan.FromMinutes(5), TotalTimeout = TimeSpan.FromMinutes(60) };
        configure?.Invoke(options);
        Outbound = new Outbound(Options.Create(options), Clock, Log, this);
    }

    public ManualClock Clock { get; } = new();
    public CollectedLog Log { get; } = new();
    public Outbound Outbound { get; }
    public int Calls { get; private set; }
    public int MostAtOnce { get; private set; }
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Otherwise { get; set; } = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    public ScriptedServer Then(int status, string? body = null, string? retryAfter = null, (long Limit, long Remaining, DateTimeOffset Reset)? limit = null)
    {
        var answer = Answer(status, body, retryAfter);
        if (limit is { } known)
        {
            answer.Headers.Add("x-ratelimit-limit", $"{known.Limit}");
            answer.Headers.Add("x-ratelimit-remaining", $"{known.Remaining}");
            answer.Headers.Add("x-ratelimit-reset", $"{known.Reset.ToUnixTimeSeconds()}");
        }
        _script.Enqueue((_, _) => Task.FromResult(answer));
        return this;
    }

    public ScriptedServer Always(int status, string? body = null)
    {
        Otherwise = (_, _) => Task.FromResult(Answer(status, body, null));
        return this;
    }

    /// <summary>Never answers; gives up when the caller does.</summary>
    public ScriptedServer AlwaysHang()
    {
        Otherwise = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        };
        return this;
    }

    public static ProviderCall Call(HttpMethod method, int connection = 1, string account = "a", int connections = 4) => new()
    {
        Provider = "Twin",
        Operation = "do it",
        Connection = connection,
        Gate = new Gate(account, connections),
        Method = method,
        Address = new Uri("http://twin.test/secret-path"),
        Authorization = new("Bearer", "secret-key"),
        Body = "{}"u8.ToArray(),
        Reason = response => System.Text.Encoding.UTF8.GetString(response.Body),
    };

    public Task<ProviderResponse> SendAsync(ProviderCall call) => Outbound.SendAsync(call, TestContext.Current.CancellationToken);

    /// <summary>Makes the call while the clock runs through every wait of at most two minutes.</summary>
    public async Task<ProviderResponse> SendThroughWaitsAsync(ProviderCall call, TimeSpan? longestStep = null)
    {
        var sending = SendAsync(call);
        await Clock.CompleteAsync(sending, longestStep ?? TimeSpan.FromMinutes(2));
        return await sending;
    }

    public async Task<ProviderException> FailAsync(ProviderCall call, TimeSpan? longestStep = null) =>
        await Assert.ThrowsAsync<ProviderException>(() => SendThroughWaitsAsync(call, longestStep));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? next;
        lock (_script)
        {
            Calls++;
            MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
            if (!_script.TryDequeue(out next))
                next = Otherwise;
        }
        try
        {
            if (request.Content is { } body)
                await body.CopyToAsync(Stream.Null, cancellationToken);
            return await next(request, cancellationToken);
        }
        finally
        {
            lock (_script)
                _inFlight--;
        }
    }

    private static HttpResponseMessage Answer(int status, string? body, string? retryAfter)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body ?? "") };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }
}

/// <summary>Keeps every line that was logged.</summary>
public sealed class CollectedLog : ILogger<Outbound>
{
    private readonly List<string> _lines = [];

    public string Text { get { lock (_lines) return string.Join('\n', _lines); } }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add(formatter(state, exception) + exception);
    }
}
