using Npgsql;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Counts;

/// <summary>Counts a checked rule on the present data: all customers, and how many each of its lines leaves. Refused after ten seconds.</summary>
public sealed class CountRule(TenantRules rules, TenantDatabase database, TimeProvider clock)
{
    public async Task<RuleCount> RunAsync(Rule rule, CancellationToken cancellation = default)
    {
        var context = await rules.GetAsync(cancellation);
        var counts = SqlCompiler.CompileCounts(rule, context);
        return await WaitedRead.ReadAsync(database, async connection =>
        {
            await using var command = new NpgsqlCommand(counts.Sql, connection).With(counts.Parameters);
            var began = clock.GetTimestamp();
            var lines = (long[])(await command.ExecuteScalarAsync(cancellation))!;
            return new RuleCount(lines[0], lines[1..], clock.GetElapsedTime(began), context.DataDate);
        }, cancellation);
    }
}

/// <summary>How many customers a rule has.</summary>
/// <param name="Total">All customers of the tenant.</param>
/// <param name="Left">How many are left after each line of the rule, in its order.</param>
/// <param name="Took">How long the database took.</param>
public sealed record RuleCount(long Total, IReadOnlyList<long> Left, TimeSpan Took, DateOnly DataDate)
{
    public long Size => Left.Count == 0 ? Total : Left[^1];
    /// <summary>Share of all customers, from 0 to 1.</summary>
    public double Share => Total == 0 ? 0 : (double)Size / Total;
}
