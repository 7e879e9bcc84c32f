using System.Collections.Concurrent;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Counts calls in windows that begin with the first call, by the portal's clock. Each process counts for itself.</summary>
public sealed class CallRate(TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private const int SweepAt = 10_000;
    private readonly ConcurrentDictionary<string, (DateTimeOffset Ends, int Count)> _windows = new();

    /// <returns>Null where the call may go on; otherwise the whole seconds until the next window.</returns>
    public int? Take(string who, int limit, TimeSpan window)
    {
        var now = clock.GetUtcNow();
        if (_windows.Count > SweepAt) Sweep(now);
        var (ends, count) = _windows.AddOrUpdate(who, _ => (now + window, 1), (_, old) => old.Ends <= now ? (now + window, 1) : (old.Ends, old.Count + 1));
        return count <= limit ? null : Math.Max(1, (int)Math.Ceiling((ends - now).TotalSeconds));
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (who, window) in _windows)
        {
            if (window.Ends <= now) _windows.TryRemove(who, out _);
        }
    }
}
