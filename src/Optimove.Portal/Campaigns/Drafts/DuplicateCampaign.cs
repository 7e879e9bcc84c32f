using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Makes a draft with everything of another campaign but its date.</summary>
public sealed class DuplicateCampaign(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    /// <returns>The new campaign's id.</returns>
    public async Task<int> RunAsync(int campaignId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var from = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId, cancellation)
            ?? throw new RefusedException("There is no such campaign.");
        var now = clock.GetUtcNow();
        var copy = db.Campaigns.Add(new()
        {
            Name = NameOf(from.Name), TargetGroupId = from.TargetGroupId, ControlShare = from.ControlShare, Kpi = from.Kpi, MeasurementDays = from.MeasurementDays,
            ConnectionId = from.ConnectionId, TemplateId = from.TemplateId, SendTime = from.SendTime, CopiedFromId = from.Id,
            CreatedAt = now, CreatedBy = actor.Name, SavedAt = now,
        }).Entity;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        audit.Record(db, "campaign.copied", copy.AuditName, after: new { From = from.AuditName });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return copy.Id;
    }

    private static string NameOf(string name) => name.Length > 114 ? $"{name[..114]}, copy" : $"{name}, copy";
}
