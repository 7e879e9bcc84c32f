using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Drafts;

/// <summary>Begins a campaign: a draft with the usual control and measurement, and the connection chosen where there is only one.</summary>
public sealed class CreateDraft(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TenantContext tenant, TimeProvider clock)
{
    /// <param name="targetGroupId">The group to begin with, where one was chosen already.</param>
    /// <returns>The campaign's id.</returns>
    public async Task<int> RunAsync(int? targetGroupId = null, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var connections = await db.ForScheduledCampaigns().Select(c => c.Id).Order().Take(2).ToListAsync(cancellation);
        var group = await db.TargetGroups.Where(g => g.Id == targetGroupId && g.ArchivedAt == null).Select(g => new { g.Id, g.Name }).SingleOrDefaultAsync(cancellation);
        var campaign = db.Campaigns.Add(new()
        {
            Name = group is null ? $"Campaign of {tenant.Current.DayOf(now):d MMMM}" : $"{group.Name}, {tenant.Current.DayOf(now):MMMM}",
            TargetGroupId = group?.Id,
            ConnectionId = connections is [var only] ? only : null,
            Kpi = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.Kpi).SingleAsync(cancellation),
            CreatedAt = now, CreatedBy = actor.Name, SavedAt = now,
        }).Entity;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        audit.Record(db, "campaign.begun", campaign.AuditName);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return campaign.Id;
    }
}
