using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>Takes a launch back: until the occurrence locks the campaign becomes a draft again, as if it had never been launched.</summary>
public sealed class UnscheduleCampaign(IDbContextFactory<PortalDb> databases, ChangeOccurrence change)
{
    public async Task RunAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var occurrence = await db.Occurrences.AsNoTracking().Where(o => o.CampaignId == campaignId && o.State != OccurrenceState.Cancelled)
            .OrderByDescending(o => o.Date).FirstOrDefaultAsync(cancellation) ?? throw new RefusedException("This campaign is not scheduled.");
        await change.RunAsync(occurrence.Id, "campaign.unscheduled", on =>
        {
            if (!EditWindow.IsBeforeLock(on.Occurrence, on.Now)) throw new RefusedException("It is locked and can no longer be taken back. It can be cancelled.");
            on.Db.Occurrences.Remove(on.Occurrence);
            (on.Campaign.State, on.Campaign.ScheduledAt, on.Campaign.ScheduledBy) = (CampaignState.Draft, null, null);
            return Task.FromResult<object?>(new { on.Occurrence.Date });
        }, cancellation);
    }
}
