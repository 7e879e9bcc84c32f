using System.Collections.Concurrent;
using System.Diagnostics;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Keeps what each client's events are checked by for a second, so that thousands of events a second do not read it thousands of times. A change
/// made in this process counts at once, one made by another within that second; whether a campaign is still live is asked again in the
/// transaction that decides.
/// </summary>
public sealed class KnownTriggers
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, (long ReadAt, Task<TriggerWorld> World)> _worlds = new();

    /// <param name="read">Reads it anew, without regard to whether this caller goes away.</param>
    public Task<TriggerWorld> GetAsync(int tenantId, Func<Task<TriggerWorld>> read)
    {
        var now = Stopwatch.GetTimestamp();
        if (_worlds.TryGetValue(tenantId, out var known) && !known.World.IsFaulted && Stopwatch.GetElapsedTime(known.ReadAt, now) < Kept) return known.World;
        var world = read();
        _worlds[tenantId] = (now, world);
        return world;
    }

    /// <summary>Something of this client was changed.</summary>
    public void Forget(int tenantId) => _worlds.TryRemove(tenantId, out _);
}
