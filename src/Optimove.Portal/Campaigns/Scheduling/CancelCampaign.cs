using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>
/// Cancels a launched campaign: at once while nobody has begun to work on it; afterwards the wish is recorded and the running work completes
/// it at the provider. What has gone out cannot be cancelled.
/// </summary>
public sealed class CancelCampaign(IDbContextFactory<PortalDb> databases, ChangeOccurrence change)
{
    /// <param name="why">Kept in the audit log.</param>
    public async Task RunAsync(int campaignId, string? why, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var occurrence = await db.Occurrences.AsNoTracking().Where(o => o.CampaignId == campaignId).OrderByDescending(o => o.Date).FirstOrDefaultAsync(cancellation)
            ?? throw new RefusedException("This campaign is not scheduled. A draft can be deleted.");
        await change.RunAsync(occurrence.Id, "campaign.cancelled", on =>
        {
            Cancel(on);
            return Task.FromResult<object?>(new { on.Occurrence.Date, Why = string.IsNullOrWhiteSpace(why) ? null : why.Trim() });
        }, cancellation);
    }

    private static void Cancel(OccurrenceDecision on)
    {
        var o = on.Occurrence;
        if (o.CancelledAt is not null || o.State == OccurrenceState.Cancelled) throw new RefusedException("It is cancelled already.");
        if (o.State is OccurrenceState.Measuring or OccurrenceState.Closed) throw new RefusedException("It has gone out. What was sent cannot be taken back.");
        (o.CancelledAt, o.CancelledBy, o.RetryAt) = (on.Now, on.Who, null);
        if (EditWindow.IsBeforeLock(o, on.Now) || o is { State: OccurrenceState.Missed, PushStartedAt: null })
        {
            (o.State, o.Sentence) = (OccurrenceState.Cancelled, $"Cancelled by {on.Who} before anything was handed over.");
            on.Campaign.State = CampaignState.Cancelled;
        }
        // Something may lie at the provider: the work goes on with a missed one so that it is taken back there.
        else if (o.State == OccurrenceState.Missed) o.State = OccurrenceState.Held;
    }
}
