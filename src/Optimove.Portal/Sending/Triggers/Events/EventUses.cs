using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Sending.Triggers.Events;

/// <summary>Finds the campaigns that speak of an event.</summary>
internal static class EventUses
{
    /// <summary>Those that have not ended, by name.</summary>
    public static async Task<IReadOnlyList<TriggeredCampaign>> OfAsync(PortalDb db, int eventId, CancellationToken cancellation)
    {
        var campaigns = await db.TriggeredCampaigns.AsNoTracking().Where(c => c.State != TriggeredCampaignState.Ended).OrderBy(c => c.Name).ToListAsync(cancellation);
        return [.. campaigns.Where(c => TriggerRule.Read(c.Rule).Conditions.Any(e => e.EventId == eventId))];
    }
}
