using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns;

/// <summary>
/// Carries out a person's decision on one occurrence: the row is held until the change and its line in the audit log are saved together,
/// so that no worker and no second person comes in between.
/// </summary>
public sealed class ChangeOccurrence(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="action">The audit log's word for it, for example <c>campaign.cancelled</c>.</param>
    /// <param name="change">Refuses, or changes the occurrence and answers with what the audit log keeps.</param>
    public async Task RunAsync(int occurrenceId, string action, Func<OccurrenceDecision, Task<object?>> change, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var occurrence = await db.LockOccurrenceAsync(occurrenceId, cancellation) ?? throw new RefusedException("There is no such occurrence.");
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == occurrence.CampaignId, cancellation);
        var kept = await change(new(db, campaign, occurrence, actor.Name, clock.GetUtcNow(), cancellation));
        audit.Record(db, action, campaign.AuditName, after: kept);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <summary>What a decision is made on, inside the transaction that saves it.</summary>
public sealed record OccurrenceDecision(PortalDb Db, Campaign Campaign, Occurrence Occurrence, string Who, DateTimeOffset Now, CancellationToken Cancellation);

public static class OccurrenceLock
{
    /// <summary>Reads an occurrence and keeps others from changing it until the open transaction ends; null when there is none.</summary>
    public static Task<Occurrence?> LockOccurrenceAsync(this PortalDb db, int occurrenceId, CancellationToken cancellation) =>
        db.Occurrences.FromSql($"select * from occurrences where id = {occurrenceId} for update").SingleOrDefaultAsync(cancellation);
}
