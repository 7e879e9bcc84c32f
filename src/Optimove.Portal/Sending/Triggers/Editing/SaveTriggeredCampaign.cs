using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Makes or changes a triggered campaign. A live one is paused before it is changed, an ended one stays what it was; nobody else's change is overwritten. Each no is a <see cref="RefusedException"/>.</summary>
public sealed class SaveTriggeredCampaign(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="id">Null for a new campaign.</param>
    /// <param name="version">The version that the person saw; of no meaning for a new one.</param>
    public async Task<SavedTrigger> RunAsync(int? id, uint version, TriggerDraft draft, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        if (TriggerCheck.Bounds(draft).FirstOrDefault() is { } problem) throw new RefusedException(problem.Sentence);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var campaign = id is null ? null : await db.TriggeredCampaigns.SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw new RefusedException("This campaign was deleted meanwhile.");
        if (campaign?.State is TriggeredCampaignState.Live) throw new RefusedException("The campaign is live. Pause it to change it.");
        if (campaign?.State is TriggeredCampaignState.Ended) throw new RefusedException("The campaign has ended and stays as it was.");
        if (campaign is not null && campaign.Version != version) throw Changed(campaign.SavedBy);
        var before = campaign is null ? null : TriggerDraft.Of(campaign);
        if (campaign?.State is TriggeredCampaignState.Paused) MustKeep(before!, draft);
        campaign ??= db.TriggeredCampaigns.Add(new() { Name = "", TriggerName = "", Rule = "", CreatedAt = now, CreatedBy = actor.Name, SavedBy = actor.Name }).Entity;
        draft.Write(campaign);
        (campaign.SavedAt, campaign.SavedBy) = (now, actor.Name);
        await SaveAsync(db, campaign, before, cancellation);
        return new(campaign.Id, campaign.Version);
    }

    // Its figures are one partner's or provider's, and its result compares groups that were drawn by one share.
    private static void MustKeep(TriggerDraft before, TriggerDraft draft)
    {
        if (draft.ChannelId != before.ChannelId) throw new RefusedException("The channel stays what it was when the campaign was first started. Make a new campaign for another one.");
        if (draft.ControlShare != before.ControlShare) throw new RefusedException("The control stays what it was when the campaign was first started. Make a new campaign for another one.");
    }

    private async Task SaveAsync(PortalDb db, TriggeredCampaign campaign, TriggerDraft? before, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.SaveChangesAsync(cancellation);
            audit.Record(db, before is null ? "triggered-campaign.made" : "triggered-campaign.changed", campaign.AuditName, before is null ? null : Snapshot(before), Snapshot(TriggerDraft.Of(campaign)));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Changed("Somebody");
        }
    }

    private static object Snapshot(TriggerDraft draft) =>
        new { draft.Name, draft.TriggerName, Rule = System.Text.Json.Nodes.JsonNode.Parse(draft.Rule.Write()), draft.TargetGroupId, draft.ChannelId, draft.ActionId, draft.ControlShare, draft.EntryDays, draft.StartsOn, draft.EndsOn };

    private static RefusedException Changed(string who) => new($"{who} changed this campaign after you opened it. Load it again to see that change; yours is not saved.");
}

/// <summary>The campaign as it was saved.</summary>
public sealed record SavedTrigger(int Id, uint Version);
