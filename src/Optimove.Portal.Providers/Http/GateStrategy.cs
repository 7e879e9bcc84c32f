using System.Threading.RateLimiting;
using Polly;

namespace Optimove.Portal.Providers.Http;

/// <summary>Lets as many calls through as the account's gate is wide, first come first served; the others wait. Polly's own limiter is not at hand.</summary>
internal sealed class GateStrategy(RateLimiter limiter) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            using var lease = await limiter.AcquireAsync(1, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
            return await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (OperationCanceledException waitedTooLong)
        {
            return Outcome.FromException<TResult>(waitedTooLong);
        }
    }

    internal sealed class Options : ResilienceStrategyOptions;
}
