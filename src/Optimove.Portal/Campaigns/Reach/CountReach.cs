using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>Counts, in one statement, what would become of a target group's customers if the list were made on today's data.</summary>
public sealed class CountReach(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantRules rules, TimeProvider clock)
{
    // One line, because it also takes its place's name in the file's opening comment.
    private static readonly string Counts = $"select count(*), {string.Join(", ", new[] { 1, 2, 3, 4, 0 }.Select(f => $"count(*) filter (where fate = {f})"))} from fates";

    /// <exception cref="RefusedException">There is no such group, or no attribute that holds the address.</exception>
    public async Task<ReachCounts> RunAsync(int targetGroupId, CancellationToken cancellation = default)
    {
        var (rule, email, context) = await ReadAsync(databases, rules, targetGroupId, cancellation);
        var began = clock.GetTimestamp();
        await using var connection = await database.OpenAsync(cancellation);
        await RefreshSharedMailboxes.RunAsync(connection, email, cancellation);
        await using var command = AudienceSql.Ask(connection, SqlCompiler.Compile(rule, context), email, Counts);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5),
            context.DataDate, clock.GetElapsedTime(began));
    }

    internal static async Task<(Rule Rule, CustomerAttribute Email, RuleContext Context)> ReadAsync(
        IDbContextFactory<PortalDb> databases, TenantRules rules, int targetGroupId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rule = await db.TargetGroups.Where(g => g.Id == targetGroupId && g.ArchivedAt == null).Select(g => g.Rule).SingleOrDefaultAsync(cancellation)
            ?? throw new RefusedException("This target group was deleted. Choose another.");
        var email = await db.CustomerAttributes.AsNoTracking().SingleOrDefaultAsync(a => a.Purpose == AttributePurpose.EmailAddress, cancellation)
            ?? throw new RefusedException("No attribute is marked as the e-mail address. Mark one under Settings, Attributes.");
        return (RuleJson.Read(rule), email, await rules.GetAsync(cancellation));
    }
}
