using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Sending.Triggers.Events;

/// <summary>Reads the entered client's events.</summary>
public sealed class EventDefinitionQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Those that programs may report, by name.</summary>
    public async Task<IReadOnlyList<EventDefinition>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.EventDefinitions.AsNoTracking().Where(d => d.RetiredAt == null).OrderBy(d => d.Name).ToListAsync(cancellation);
    }

    /// <summary>The same with the campaigns that wait for each.</summary>
    public async Task<IReadOnlyList<EventUse>> UsesAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaigns = await db.TriggeredCampaigns.AsNoTracking().Where(c => c.State != TriggeredCampaignState.Ended).OrderBy(c => c.Name).Select(c => new { c.Name, c.Rule }).ToListAsync(cancellation);
        var used = campaigns.SelectMany(c => TriggerRule.Read(c.Rule).Conditions.Select(e => (e.EventId, c.Name)).Distinct()).ToLookup(u => u.EventId, u => u.Name);
        return [.. (await ListAsync(cancellation)).Select(d => new EventUse(d, [.. used[d.Id]]))];
    }
}

/// <summary>An event and the names of the campaigns that wait for it.</summary>
public sealed record EventUse(EventDefinition Definition, IReadOnlyList<string> Campaigns);
