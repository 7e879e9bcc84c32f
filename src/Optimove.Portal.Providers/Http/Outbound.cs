using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Optimove.Portal.Providers.Http;

/// <summary>
/// The one way out. Each call passes: total timeout, retry (only what surely had no effect or may be repeated), circuit breaker per
/// connection, gate per account, attempt timeout, address guard. Fails only with <see cref="ProviderException"/>, or with the caller's own
/// cancellation. Logs and traces hold no address, header or body.
/// </summary>
public sealed class Outbound : IDisposable
{
    /// <summary>Traces of calls: provider, operation, connection, status.</summary>
    public const string SourceName = "Optimove.Portal.Providers";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly ResiliencePropertyKey<ProviderCall> CallKey = new("call");

    private readonly ConcurrentDictionary<Gate, RateLimiter> _gates = new();
    private readonly ConcurrentDictionary<(int Connection, Gate Gate), ResiliencePipeline> _pipelines = new();
    private readonly HttpClient _http;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Outbound> _log;

    public Outbound(IOptions<ProviderOptions> options, TimeProvider clock, ILogger<Outbound> log)
        : this(options, clock, log, new AddressGuard(options.Value.AllowLoopback).CreateHandler()) { }

    /// <summary>With a way out of its own, for example one that leads to a twin and to nobody else.</summary>
    public Outbound(IOptions<ProviderOptions> options, TimeProvider clock, ILogger<Outbound> log, HttpMessageHandler handler)
    {
        (_options, _clock, _log) = (options.Value, clock, log);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 << 20 };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Optimove.Portal");
    }

    /// <summary>Makes a call and reads its answer to the end.</summary>
    public async Task<ProviderResponse> SendAsync(ProviderCall call, CancellationToken cancellation)
    {
        using var activity = Source.StartActivity($"{call.Provider} {call.Operation}", ActivityKind.Client);
        activity?.SetTag("connection", call.Connection);
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(CallKey, call);
        try
        {
            var pipeline = _pipelines.GetOrAdd((call.Connection, call.Gate), key => Build(key.Connection, key.Gate));
            var response = await pipeline.ExecuteAsync(static (context, state) =>
                state.Self.AttemptAsync(state.Call, state.Caller, context.CancellationToken), context, (Self: this, Call: call, Caller: cancellation));
            activity?.SetTag("http.response.status_code", response.Status);
            return response;
        }
        catch (TimeoutRejectedException)
        {
            throw Verdict.OutOfTime(call, _options.TotalTimeout);
        }
        catch (BrokenCircuitException broken)
        {
            throw Verdict.LeftAlone(call, broken.RetryAfter);
        }
        catch (ProviderException fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.Fault.ToString());
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }

    private ResiliencePipeline Build(int connection, Gate gate) => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddTimeout(_options.TotalTimeout)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Math.Max(1, _options.Retries),
            Delay = _options.RetryDelay,
            MaxDelay = _options.LongestRetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(_options.Retries > 0 && MayRepeat(args.Outcome.Exception)),
            DelayGenerator = args => ValueTask.FromResult(AskedWait(args.Outcome.Exception)),
            OnRetry = args => { LogRetry(args); return ValueTask.CompletedTask; },
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = _options.BreakDuration,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ProviderException { Fault: ProviderFault.Unavailable or ProviderFault.UnknownOutcome }),
            OnOpened = _ => { _log.LogWarning("Connection {Connection} is left alone for {Break}: half of its calls were not answered", connection, _options.BreakDuration); return ValueTask.CompletedTask; },
        })
        .AddStrategy(_ => new GateStrategy(_gates.GetOrAdd(gate, Open)), new GateStrategy.Options())
        .AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = args => ValueTask.FromResult(args.Context.Properties.GetValue(CallKey, null!).IsRead ? _options.ReadTimeout : _options.AttemptTimeout),
        })
        .Build();

    private async ValueTask<ProviderResponse> AttemptAsync(ProviderCall call, CancellationToken caller, CancellationToken cancellation)
    {
        var body = call.IsRead ? null : new TrackedContent(call);
        using var request = new HttpRequestMessage(call.Method, call.Address) { Content = body };
        request.Headers.Authorization = call.Authorization;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            var limit = RateLimit.Of(response.Headers);
            var wait = Wait(response.Headers.RetryAfter) ?? (response.StatusCode == HttpStatusCode.TooManyRequests ? Positive(limit?.Reset - _clock.GetUtcNow()) : null);
            return Verdict.Of(call, new ProviderResponse((int)response.StatusCode, bytes, wait, limit));
        }
        catch (HttpRequestException error)
        {
            if (body?.OwnFault is { } own)
                ExceptionDispatchInfo.Throw(own);
            throw Verdict.Lost(call, error, body?.HasLeft ?? false);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            throw Verdict.TimedOut(call, body?.HasLeft ?? false);
        }
    }

    /// <summary>A wait of minutes is not sat out here: it is handed to whoever plans the work.</summary>
    private bool MayRepeat(Exception? error) => error is BrokenCircuitException
        || error is ProviderException { MayRepeat: true } fault && (fault.RetryAfter ?? TimeSpan.Zero) <= 4 * _options.LongestRetryDelay;

    /// <summary>The wait that was asked for, or null for the usual back-off.</summary>
    private static TimeSpan? AskedWait(Exception? error) => error switch
    {
        ProviderException asked => asked.RetryAfter,
        BrokenCircuitException broken => broken.RetryAfter,
        _ => null,
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? header) => Positive(header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null));

    private static TimeSpan? Positive(TimeSpan? wait) => wait > TimeSpan.Zero ? wait : null;

    private void LogRetry(OnRetryArguments<object> args)
    {
        var call = args.Context.Properties.GetValue(CallKey, null!);
        _log.LogInformation("{Provider} connection {Connection}, {Operation}: attempt {Attempt} was {Fault}, again in {Delay}", call.Provider, call.Connection,
            call.Operation, args.AttemptNumber + 1, (args.Outcome.Exception as ProviderException)?.Fault.ToString() ?? "held back", args.RetryDelay);
    }

    private static RateLimiter Open(Gate gate) => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
    {
        PermitLimit = gate.Connections,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
