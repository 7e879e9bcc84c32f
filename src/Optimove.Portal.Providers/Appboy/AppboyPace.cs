using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Appboy;

/// <summary>
/// Keeps one app group's calls from using its hour up, because other software of the client's shares it: full speed while more than a
/// tenth is left, then half of what is left spread over the rest of the window, so that it never comes to nothing.
/// </summary>
internal sealed class AppboyPace(TimeProvider clock)
{
    // A longer wait is handed to whoever plans the work.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private RateLimit? _seen;
    private DateTimeOffset _next;

    /// <summary>Takes over what an answer says; answers may come out of order.</summary>
    public void Note(RateLimit? limit)
    {
        if (limit is null)
            return;
        lock (_lock)
            if (_seen is null || limit.Reset > _seen.Reset || limit.Reset == _seen.Reset && limit.Remaining < _seen.Remaining)
                _seen = limit;
    }

    /// <summary>Waits for the next call's turn.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var wait = Turn();
        if (wait > Longest)
            throw new ProviderException(ProviderFault.RateLimited,
                $"Nearly all of the calls that Appboy allows this app group in an hour are used. It goes on by itself in {Math.Ceiling(wait.TotalMinutes):N0} minutes.", wait);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellation);
    }

    private TimeSpan Turn()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_seen is null || _seen.Reset <= now)
            {
                (_seen, _next) = (null, now);
                return TimeSpan.Zero;
            }
            var turn = _seen.Remaining <= 0 || _next > _seen.Reset ? _seen.Reset : _next > now ? _next : now;
            if (turn - now <= Longest)
                _next = turn + (_seen.Remaining > _seen.Limit / 10 ? TimeSpan.Zero : (_seen.Reset - now) * 2 / Math.Max(1, _seen.Remaining));
            return turn - now;
        }
    }
}
