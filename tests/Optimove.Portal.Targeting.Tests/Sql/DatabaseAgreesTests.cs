using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Matching;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Targeting.Tests.Testing;

namespace Optimove.Portal.Targeting.Tests.Sql;

public class DatabaseAgreesTests(Postgres postgres) : IAsyncLifetime
{
    private const int Rules = 400;
    private static readonly string[] Zones = ["Europe/Paris", "America/New_York", "Asia/Beirut", "Asia/Kolkata", "UTC"];
    private readonly CustomerFacts[] _customers = [.. SampleData.Customers.Sample(200)];

    public async ValueTask InitializeAsync() => await SampleData.StoreAsync(postgres.Source, _customers);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_rule_picks_the_same_customers_in_the_database_as_in_memory() => ForAll((rule, context) =>
        Same(InMemory(rule, context), InDatabase(SqlCompiler.Compile(rule, context))));

    [Fact]
    public void Not_picks_exactly_the_customers_that_the_rule_leaves() => ForAll((rule, context) =>
        Same(
            _customers.Select((_, i) => SampleData.Id(i)).Except(InDatabase(SqlCompiler.Compile(rule, context))),
            InDatabase(SqlCompiler.Compile(new Not(rule), context))));

    [Fact]
    public void The_count_of_each_line_is_that_of_the_lines_up_to_it() => ForAll((rule, context) =>
    {
        var lines = rule is All all ? all.Rules : [rule];
        var expected = Enumerable.Range(0, lines.Count + 1).Select(n => InMemory(new All([.. lines.Take(n)]), context).LongCount());
        var counts = SqlCompiler.CompileCounts(rule, context);
        using var command = Command(counts.Sql, counts.Parameters);
        var actual = (long[])command.ExecuteScalar()!;
        return actual.SequenceEqual(expected).Label($"{string.Join(",", expected)} in memory, {string.Join(",", actual)} in the database");
    });

    [Fact]
    public void Parameters_can_follow_those_of_a_larger_statement()
    {
        var rule = new AttributeRule("age", Operator.AtLeast, [20]);
        var compiled = SqlCompiler.Compile(rule, SampleData.Context(), firstParameter: 2);
        using var command = Command($"SELECT count(*) FROM customers c WHERE c.customer_id <> $1 AND {compiled.Predicate}",
            [new SqlParameter(1, "none"), .. compiled.Parameters]);
        Assert.Equal(InMemory(rule, SampleData.Context()).LongCount(), command.ExecuteScalar());
    }

    private static void ForAll(Func<Rule, RuleContext, Property> holds)
    {
        var pairs = from rule in RandomRules.All from zone in Gen.Elements(Zones) select (rule, zone);
        Prop.ForAll(pairs.ToArbitrary(), pair =>
        {
            var context = SampleData.Context(pair.zone);
            Assert.Empty(RuleChecker.Check(pair.rule, context.Catalogue));
            return holds(pair.rule, context);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rules));
    }

    private IEnumerable<string> InMemory(Rule rule, RuleContext context) =>
        _customers.Index().Where(c => Matcher.Matches(rule, c.Item, context)).Select(c => SampleData.Id(c.Index));

    private List<string> InDatabase(CompiledRule rule)
    {
        using var command = Command($"SELECT c.customer_id FROM customers c WHERE {rule.Predicate} ORDER BY 1", rule.Parameters);
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read()) ids.Add(reader.GetString(0));
        return ids;
    }

    private NpgsqlCommand Command(string sql, IEnumerable<SqlParameter> parameters)
    {
        var command = postgres.Source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter.Value });
        return command;
    }

    private static Property Same(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (left, right) = (expected.ToHashSet(), actual.ToHashSet());
        return left.SetEquals(right).Label($"only expected: {string.Join(" ", left.Except(right))}; only found: {string.Join(" ", right.Except(left))}");
    }
}
