using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups;

/// <summary>Counts every target group whose rule is sound on the present data and keeps the sizes; counted again for the same day, the newer count stays.</summary>
public sealed class RecordGroupSizes(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantRules rules, TimeProvider clock)
{
    /// <param name="onlyGroup">Counts this group alone, after it was changed.</param>
    /// <returns>How many groups were counted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default, int? onlyGroup = null)
    {
        var context = await rules.GetAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var groups = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null && (onlyGroup == null || g.Id == onlyGroup))
            .OrderBy(g => g.Id).ToListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var sound = groups.Where(g => RuleChecker.Check(RuleJson.Read(g.Rule), context.Catalogue, g.Id).Count == 0).ToList();
        foreach (var group in sound) await CountAsync(db, connection, group, context, cancellation);
        await db.SaveChangesAsync(cancellation);
        return sound.Count;
    }

    private async Task CountAsync(PortalDb db, NpgsqlConnection connection, TargetGroup group, RuleContext context, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var counts = SqlCompiler.CompileCounts(RuleJson.Read(group.Rule), context);
        await using var command = new NpgsqlCommand(counts.Sql, connection).With(counts.Parameters);
        var lines = (long[])(await command.ExecuteScalarAsync(cancellation))!;
        var size = await db.TargetGroupSizes.SingleOrDefaultAsync(s => s.TargetGroupId == group.Id && s.DataDate == context.DataDate, cancellation)
            ?? db.TargetGroupSizes.Add(new() { TargetGroupId = group.Id, DataDate = context.DataDate }).Entity;
        (size.OfTotal, size.Size, size.CountedAt) = ((int)lines[0], (int)lines[^1], clock.GetUtcNow());
        size.Milliseconds = (int)clock.GetElapsedTime(began).TotalMilliseconds;
    }
}
