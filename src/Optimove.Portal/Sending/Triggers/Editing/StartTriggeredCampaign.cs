using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Lets a draft or paused campaign go live: events count from then on. Refused while anything about it is missing or unsound.</summary>
public sealed class StartTriggeredCampaign(IDbContextFactory<PortalDb> databases, TriggerChoicesQueries choices, KnownTriggers known, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.TriggeredCampaigns.SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw new RefusedException("This campaign was deleted meanwhile.");
        if (campaign.State is TriggeredCampaignState.Live or TriggeredCampaignState.Ended) throw new RefusedException(campaign.State == TriggeredCampaignState.Live ? "The campaign is live already." : "An ended campaign does not start again.");
        if ((await choices.ReadAsync(cancellation)).Problems(TriggerDraft.Of(campaign)) is [var problem, ..]) throw new RefusedException(problem.Sentence);
        var before = campaign.State;
        (campaign.State, campaign.StateAt) = (TriggeredCampaignState.Live, clock.GetUtcNow());
        audit.Record(db, "triggered-campaign.started", campaign.AuditName, new { State = before }, new { campaign.State });
        await db.SaveChangesAsync(cancellation);
        known.Forget(campaign.TenantId);
    }
}
