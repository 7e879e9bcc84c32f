using Npgsql;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Counts;

/// <summary>Says what a changed rule would add and take away against the saved one, in one pass over the customers.</summary>
public sealed class PreviewChange(TenantRules rules, TenantDatabase database)
{
    private const int SavedId = -1, ChangedId = -2;

    /// <returns>Null where the two rules together are larger than one rule may be.</returns>
    public async Task<ChangePreview?> RunAsync(Rule saved, Rule changed, CancellationToken cancellation = default)
    {
        var context = await rules.GetAsync([new(SavedId, "As saved", saved), new(ChangedId, "As changed", changed)], cancellation);
        // Customers left after each line: in either rule, of those in the changed one, of those in the saved one too.
        var lines = new All([new Any([new GroupRule(SavedId, true), new GroupRule(ChangedId, true)]), new GroupRule(ChangedId, true), new GroupRule(SavedId, true)]);
        if (RuleChecker.Check(lines, context.Catalogue).Count > 0) return null;
        var counts = SqlCompiler.CompileCounts(lines, context);
        return await WaitedRead.ReadAsync(database, async connection =>
        {
            await using var command = new NpgsqlCommand(counts.Sql, connection).With(counts.Parameters);
            return await command.ExecuteScalarAsync(cancellation) is long[] and [_, var either, var after, var both]
                ? new ChangePreview(either - after + both, after - both, either - after)
                : throw new InvalidOperationException("Three lines give four counts.");
        }, cancellation);
    }
}

/// <summary>Before: the size by the saved rule. After = Before + Adds - TakesAway.</summary>
public sealed record ChangePreview(long Before, long Adds, long TakesAway)
{
    public bool Changes => Adds > 0 || TakesAway > 0;
}
