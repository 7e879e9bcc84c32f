using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Puts a draft away: it leaves all lists. Scheduled campaigns are cancelled instead.</summary>
public sealed class DiscardDraft(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int campaignId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Id == campaignId && c.ArchivedAt == null, cancellation)
            ?? throw new RefusedException("There is no such campaign.");
        if (campaign.State != CampaignState.Draft) throw new RefusedException("Only a draft can be deleted. Cancel this campaign instead.");
        campaign.ArchivedAt = clock.GetUtcNow();
        audit.Record(db, "campaign.discarded", campaign.AuditName, CampaignSnapshot.Of(campaign));
        await db.SaveUnlessChangedAsync(campaign, campaign.Version, cancellation);
    }
}
