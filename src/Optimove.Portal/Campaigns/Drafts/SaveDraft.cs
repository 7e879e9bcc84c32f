using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>
/// Saves a change of a draft. Fields are judged one by one, so that what is wrong keeps nothing else from being saved; a draft may be
/// incomplete. Refused when somebody else has changed the campaign since <c>version</c>.
/// </summary>
public sealed class SaveDraft(IDbContextFactory<PortalDb> databases, ProviderCatalog providers, Actor actor, Audit audit, TenantContext tenant, TimeProvider clock)
{
    public async Task<SavedChange> RunAsync(int campaignId, uint version, CampaignChange change, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Id == campaignId && c.ArchivedAt == null, cancellation)
            ?? throw new RefusedException("This campaign was deleted.");
        if (campaign.State != CampaignState.Draft) throw new RefusedException("This campaign is no longer a draft. Load the page again.");
        var before = CampaignSnapshot.Of(campaign);
        var problems = await new ApplyChange(db, providers, tenant.Current, clock.GetUtcNow()).ToAsync(campaign, change, cancellation);
        var after = CampaignSnapshot.Of(campaign);
        if (after != before)
        {
            campaign.SavedAt = clock.GetUtcNow();
            audit.Record(db, "campaign.edited", campaign.AuditName, before, after);
            await db.SaveUnlessChangedAsync(campaign, version, cancellation);
        }
        return new(campaign.Version, campaign.SavedAt, problems);
    }
}
