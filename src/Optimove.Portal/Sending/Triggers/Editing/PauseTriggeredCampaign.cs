using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Stops a live campaign for a while. Once this returns nothing is decided for it; what customers counted towards it is kept.</summary>
public sealed class PauseTriggeredCampaign(IDbContextFactory<PortalDb> databases, KnownTriggers known, DropWaitingSends drop, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.TriggeredCampaigns.SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw new RefusedException("This campaign was deleted meanwhile.");
        if (campaign.State != TriggeredCampaignState.Live) throw new RefusedException("Only a live campaign can be paused.");
        (campaign.State, campaign.StateAt) = (TriggeredCampaignState.Paused, clock.GetUtcNow());
        audit.Record(db, "triggered-campaign.paused", campaign.AuditName, new { State = TriggeredCampaignState.Live }, new { campaign.State });
        await db.SaveChangesAsync(cancellation);
        known.Forget(campaign.TenantId);
        await drop.RunAsync(id, cancellation);
    }
}
