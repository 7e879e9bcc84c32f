using System.Diagnostics;
using Npgsql;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Bench;

/// <summary>
/// Counts of rules with 1, 3 and 6 conditions as the portal compiles them, as ratios to hand-written SQL that answers the same question:
/// the size alone, and the number left after each line.
/// </summary>
public static class GroupsBench
{
    private const double MostRatio = 1.1;
    private const int Rows = 1_000_000;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 9;
    private static readonly DateOnly DataDate = new(2026, 1, 9);

    private static readonly Rule Recent = new AttributeRule("date_1", Operator.InLastDays, [240]);
    private static readonly Rule[] Three =
        [new AttributeRule("text_3", Operator.IsAnyOf, ["north", "gold", "weekly"]), new AttributeRule("int_2", Operator.Between, [25, 45]), new AttributeRule("bool_1", Operator.IsTrue, [])];
    private static readonly Rule[] Six =
        [.. Three, new AttributeRule("amount_1", Operator.AtLeast, [100]), new AttributeRule("date_2", Operator.InLastDays, [180]), new AttributeRule("date_3", Operator.IsEmpty, [])];

    private static readonly string[] ThreeByHand = ["text_3 in ('north', 'gold', 'weekly')", "int_2 between 25 and 45", "bool_1"];
    private static readonly string[] SixByHand = [.. ThreeByHand, "amount_1 >= 100", "date_2 between date '2026-01-09' - 180 and date '2026-01-09'", "date_3 is null"];

    private static readonly Case[] Cases =
    [
        new("1 condition", new All([Recent]), ["date_1 between date '2026-01-09' - 240 and date '2026-01-09'"]),
        new("3 conditions", new All([.. Three]), ThreeByHand),
        new("6 conditions", new All([.. Six]), SixByHand),
    ];

    public static async Task<bool> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("optimove-groups-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "customers.csv");
            CustomerFile.Write(file, Rows, dirtyShare: 0);
            Console.WriteLine($"groups: counts over {Rows:N0} customers x 30 attributes; {Rounds} rounds, medians");
            await using var cluster = await BenchCluster.StartAsync();
            await cluster.RunAsync($"create table customers (customer_id text, {string.Join(", ", CustomerFile.Attributes.Select(a => $"{a.Field} {Type(a)}"))})");
            await cluster.PsqlAsync($"\\copy customers from '{file}' with (format csv, header true)");
            await cluster.RunAsync("alter table customers add primary key (customer_id)");
            await cluster.RunAsync("vacuum analyze customers");
            await cluster.RunAsync("checkpoint");
            return await MeasureAsync(cluster);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(BenchCluster cluster)
    {
        await using var connection = await cluster.OpenAsync();
        var held = true;
        foreach (var one in Cases)
        {
            var size = SqlCompiler.Compile(one.Rule, Context);
            var lines = SqlCompiler.CompileCounts(one.Rule, Context);
            held &= await CompareAsync(connection, $"{one.Name}, size", $"select count(*) from customers where {string.Join(" and ", one.ByHand)}",
                $"select count(*) from customers c where {size.Predicate}", size.Parameters);
            held &= await CompareAsync(connection, $"{one.Name}, each line", $"select array[count(*), {string.Join(", ", one.LinesByHand)}] from customers", lines.Sql, lines.Parameters);
        }
        return held;
    }

    private static async Task<bool> CompareAsync(NpgsqlConnection connection, string name, string byHand, string compiled, IReadOnlyList<SqlParameter> parameters)
    {
        List<double> reference = [], ours = [];
        for (var round = -1; round < Rounds; round++)
        {
            var one = await TimeAsync(connection, byHand, []);
            var other = await TimeAsync(connection, compiled, parameters);
            if (one.Counts != other.Counts) throw new InvalidOperationException($"{name}: {one.Counts} by hand, {other.Counts} compiled.");
            if (round < 0) continue; // the first round warms the server and the JIT
            reference.Add(one.Milliseconds);
            ours.Add(other.Milliseconds);
        }
        var ratio = Median(ours) / Median(reference);
        Console.WriteLine($"  {name,-25} by hand {Median(reference),5:F0} ms   compiled {ratio:F2}   (limit {MostRatio})");
        return ratio <= MostRatio;
    }

    private static async Task<(string Counts, double Milliseconds)> TimeAsync(NpgsqlConnection connection, string sql, IReadOnlyList<SqlParameter> parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection).With(parameters);
        var clock = Stopwatch.StartNew();
        var result = (await command.ExecuteScalarAsync())!;
        return (result is long[] lines ? string.Join(", ", lines) : $"{result}", clock.Elapsed.TotalMilliseconds);
    }

    private static RuleContext Context { get; } = new(new(CustomerFile.Attributes), DataDate, TimeZoneInfo.Utc);

    private static string Type(AttributeColumn attribute) => attribute.Type switch
    {
        AttributeType.Integer => "int4",
        AttributeType.Date => "date",
        AttributeType.Boolean => "boolean",
        AttributeType.Decimal => "numeric(19,4)",
        _ => $"varchar({attribute.Length})",
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Case(string Name, Rule Rule, string[] ByHand)
    {
        public IEnumerable<string> LinesByHand => ByHand.Select((_, i) => $"count(*) filter (where {string.Join(" and ", ByHand.Take(i + 1))})");
    }
}
