using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.Targeting.Sql;

/// <summary>
/// Compiles a rule for PostgreSQL. It checks the rule first and throws <see cref="ArgumentException"/> on one with problems, so the text
/// holds only known column names and every value is a parameter.
/// </summary>
public static class SqlCompiler
{
    /// <summary>
    /// A volatile call that no customer reaches: it keeps the planner from copying the CASE into every count, as OFFSET 0 would too, but
    /// leaves the scan free to run in parallel.
    /// </summary>
    private const string Fence = " WHEN c.customer_id IS NULL THEN date_part('second', clock_timestamp())::int";

    /// <summary>The rule as a predicate, its parameters numbered from <paramref name="firstParameter"/>.</summary>
    public static CompiledRule Compile(Rule rule, RuleContext context, int firstParameter = 1)
    {
        Check(rule, context);
        var parameters = new Parameters(firstParameter);
        var predicate = new PredicateWriter(context, parameters, (set, member) => set.Test(member)).Write(rule, holds: true);
        return new(predicate, parameters.All);
    }

    /// <summary>One statement that counts all customers and how many each line of the rule leaves.</summary>
    public static CompiledCounts CompileCounts(Rule rule, RuleContext context, int firstParameter = 1)
    {
        Check(rule, context);
        var parameters = new Parameters(firstParameter);
        var joined = new List<string>();
        var writer = new PredicateWriter(context, parameters, (set, member) => Joined(joined, set, member));
        IReadOnlyList<Rule> lines = rule is All all ? all.Rules : [rule];
        var fails = lines.Select((line, i) => $" WHEN ({writer.Write(line, holds: true)}) IS NOT TRUE THEN {i}");
        var passed = lines.Count == 0 ? "0" : $"CASE{string.Concat(fails)}{(lines.Count > 1 ? Fence : "")} ELSE {lines.Count} END";
        var joins = joined.Select((keys, i) => $" LEFT JOIN ({keys}) s{i} ON s{i}.customer_id = c.customer_id");
        var left = Enumerable.Range(1, lines.Count).Select(i => $", count(*) FILTER (WHERE passed >= {i})");
        return new(
            $"SELECT ARRAY[count(*){string.Concat(left)}] FROM (SELECT {passed} AS passed FROM customers c{string.Concat(joins)}) lines",
            parameters.All,
            lines.Count);
    }

    /// <summary>Counting every line tests a set for every customer, so each set is made once and joined.</summary>
    private static string Joined(List<string> joined, CustomerSet set, bool member)
    {
        var place = joined.IndexOf(set.Keys);
        if (place < 0)
        {
            place = joined.Count;
            joined.Add(set.Keys);
        }
        return $"s{place}.customer_id IS {(member ? "NOT NULL" : "NULL")}";
    }

    private static void Check(Rule rule, RuleContext context)
    {
        if (RuleChecker.Check(rule, context.Catalogue) is [var first, ..])
            throw new ArgumentException($"The rule has a problem at \"{first.Path}\": {first.Sentence}", nameof(rule));
    }
}
