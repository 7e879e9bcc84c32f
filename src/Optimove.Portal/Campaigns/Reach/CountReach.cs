using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>Counts, in one statement, what would become of a target group's customers if the list were made on today's data.</summary>
public sealed class CountReach(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantRules rules, ReadAddressing addressing, TimeProvider clock)
{
    // One line, because it also takes its place's name in the file's opening comment.
    private static readonly string Counts = $"select count(*), {string.Join(", ", new[] { 1, 2, 3, 4, 0, 5 }.Select(f => $"count(*) filter (where fate = {f})"))} from fates";

    /// <param name="connectionId">Decides by what customers are known; null: by e-mail.</param>
    /// <exception cref="RefusedException">There is no such group, or no attribute that holds the address.</exception>
    public async Task<ReachCounts> RunAsync(int targetGroupId, int? connectionId, int? templateId, CancellationToken cancellation = default)
    {
        var by = await addressing.RunAsync(connectionId, templateId, cancellation);
        var (rule, context) = await ReadAsync(databases, rules, targetGroupId, cancellation);
        var began = clock.GetTimestamp();
        await using var connection = await database.OpenAsync(cancellation);
        if (by.CanBeShared) await RefreshSharedMailboxes.RunAsync(connection, by.Field, by.IsEmail, cancellation);
        await using var command = AudienceSql.Ask(connection, SqlCompiler.Compile(rule, context), by, Counts);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5),
            context.DataDate, clock.GetElapsedTime(began)) { By = by, NoApp = reader.GetInt64(6) };
    }

    internal static async Task<(Rule Rule, RuleContext Context)> ReadAsync(
        IDbContextFactory<PortalDb> databases, TenantRules rules, int targetGroupId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rule = await db.TargetGroups.Where(g => g.Id == targetGroupId && g.ArchivedAt == null).Select(g => g.Rule).SingleOrDefaultAsync(cancellation)
            ?? throw new RefusedException("This target group was deleted. Choose another.");
        return (RuleJson.Read(rule), await rules.GetAsync(cancellation));
    }
}
