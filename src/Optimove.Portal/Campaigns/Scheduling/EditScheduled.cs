using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>
/// Changes a launched campaign while it may be edited. The whole campaign is judged again and its occurrence moves with it; a change that
/// would newly stop it is refused and everything stays as it was.
/// </summary>
public sealed class EditScheduled(ChangeOccurrence change, IDbContextFactory<PortalDb> databases, ProviderCatalog providers, CheckLaunch check, TenantContext tenant)
{
    public async Task<SavedChange> RunAsync(int campaignId, uint version, CampaignChange wanted, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var occurrenceId = await db.Occurrences.Where(o => o.CampaignId == campaignId && o.State != OccurrenceState.Cancelled)
            .OrderByDescending(o => o.Date).Select(o => (int?)o.Id).FirstOrDefaultAsync(cancellation) ?? throw new RefusedException("This campaign is not scheduled.");
        var saved = new SavedChange(version, default, []);
        Campaign? edited = null;
        await change.RunAsync(occurrenceId, "campaign.edited", async on =>
        {
            edited = on.Campaign;
            var before = CampaignSnapshot.Of(on.Campaign);
            saved = saved with { At = on.Now, Problems = await EditAsync(on, version, wanted) };
            return new { Before = before, After = CampaignSnapshot.Of(on.Campaign) };
        }, cancellation);
        return saved with { Version = edited!.Version };
    }

    private async Task<IReadOnlyList<FieldProblem>> EditAsync(OccurrenceDecision on, uint version, CampaignChange wanted)
    {
        var (campaign, occurrence) = (on.Campaign, on.Occurrence);
        EditWindow.MustBeOpen(occurrence, on.Now);
        var before = await check.RunAsync(on.Db, campaign, timeUnchanged: true, on.Cancellation);
        var problems = await new ApplyChange(on.Db, providers, tenant.Current, on.Now).ToAsync(campaign, wanted, on.Cancellation);
        var moved = (campaign.SendDate, campaign.SendTime) != (occurrence.Date, occurrence.WallTime);
        (await check.RunAsync(on.Db, campaign, timeUnchanged: !moved, on.Cancellation)).RefuseIfStopped(before);
        var nightlyAt = await on.Db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.NightlyAt).SingleAsync(on.Cancellation);
        occurrence.Plan(campaign, tenant.Current, moved
            ? SendPlan.Make(campaign.SendDate!.Value, campaign.SendTime!.Value, tenant.Current.Zone, nightlyAt, on.Now)
            : new(occurrence.SendAt, occurrence.LocksAt));
        if (occurrence.State == OccurrenceState.Held) (occurrence.State, occurrence.Sentence, occurrence.RetryAt) = (OccurrenceState.Scheduled, null, null);
        campaign.SavedAt = on.Now;
        await on.Db.SaveUnlessChangedAsync(campaign, version, on.Cancellation);
        return problems;
    }
}
