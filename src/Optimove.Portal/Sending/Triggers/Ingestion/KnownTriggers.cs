using System.Collections.Concurrent;
using System.Diagnostics;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Keeps what each client's events are checked by for a second, so that thousands of events a second do not read it thousands of times. A change
/// made in this process counts at once, one made by another within that second; whether a campaign is still live is asked again in the
/// transaction that decides.
/// </summary>
public sealed class KnownTriggers(ForEachTenant tenants)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, (long ReadAt, Task<TriggerWorld> World)> _worlds = new();

    public Task<TriggerWorld> GetAsync(TenantScope tenant)
    {
        var now = Stopwatch.GetTimestamp();
        if (_worlds.TryGetValue(tenant.Id, out var known) && !known.World.IsFaulted && Stopwatch.GetElapsedTime(known.ReadAt, now) < Kept) return known.World;
        var world = ReadAsync(tenant);
        _worlds[tenant.Id] = (now, world);
        return world;
    }

    /// <summary>Something of this client was changed.</summary>
    public void Forget(int tenantId) => _worlds.TryRemove(tenantId, out _);

    // In a scope of its own: whoever asked first may go away while others wait for the same.
    private async Task<TriggerWorld> ReadAsync(TenantScope tenant)
    {
        TriggerWorld? world = null;
        await tenants.InScopeAsync(tenant, "events", async (services, cancellation) => world = await services.GetRequiredService<TriggerWorldQueries>().ReadAsync(cancellation), CancellationToken.None);
        return world!;
    }
}
