using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Ends a campaign for ever; a draft is deleted. Once this returns nothing is decided for it. Its decisions are kept.</summary>
public sealed class EndTriggeredCampaign(IDbContextFactory<PortalDb> databases, KnownTriggers known, DropWaitingSends drop, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.TriggeredCampaigns.SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw new RefusedException("This campaign was deleted meanwhile.");
        if (campaign.State == TriggeredCampaignState.Ended) throw new RefusedException("The campaign has ended already.");
        var before = campaign.State;
        if (before == TriggeredCampaignState.Draft) db.TriggeredCampaigns.Remove(campaign);
        else (campaign.State, campaign.StateAt) = (TriggeredCampaignState.Ended, clock.GetUtcNow());
        audit.Record(db, before == TriggeredCampaignState.Draft ? "triggered-campaign.discarded" : "triggered-campaign.ended", campaign.AuditName, new { State = before });
        await db.SaveChangesAsync(cancellation);
        known.Forget(campaign.TenantId);
        await drop.RunAsync(id, cancellation);
    }
}
