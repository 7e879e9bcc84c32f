using System.Diagnostics;
using Npgsql;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Bench;

/// <summary>Counts of rules with 1, 3 and 6 conditions as the portal compiles them, line by line, as a ratio to a hand-written count of the same customers.</summary>
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

    private const string ByHandThree = "text_3 in ('north', 'gold', 'weekly') and int_2 between 25 and 45 and bool_1";

    private static readonly Case[] Cases =
    [
        new("1 condition", new All([Recent]), "date_1 between date '2026-01-09' - 240 and date '2026-01-09'"),
        new("3 conditions", new All([.. Three]), ByHandThree),
        new("6 conditions", new All([.. Six]), $"{ByHandThree} and amount_1 >= 100 and date_2 between date '2026-01-09' - 180 and date '2026-01-09' and date_3 is null"),
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
        var took = Cases.ToDictionary(c => c, _ => (ByHand: new List<double>(), Ours: new List<double>(), Size: new List<double>()));
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var one in Cases)
            {
                var byHand = await ByHandAsync(connection, one);
                var ours = await OursAsync(connection, one);
                var size = await SizeAsync(connection, one);
                if (byHand.Size != ours.Size || byHand.Size != size.Size) throw new InvalidOperationException($"{one.Name}: {byHand.Size} by hand, {ours.Size} line by line, {size.Size} by the predicate.");
                if (round < 0) continue; // the first round warms the server and the JIT
                took[one].ByHand.Add(byHand.Milliseconds);
                took[one].Ours.Add(ours.Milliseconds);
                took[one].Size.Add(size.Milliseconds);
            }
        }
        var held = true;
        foreach (var (one, times) in took)
        {
            var reference = Median(times.ByHand);
            var (size, lines) = (Median(times.Size) / reference, Median(times.Ours) / reference);
            held &= size <= MostRatio;
            Console.WriteLine($"  {one.Name,-13} by hand {reference,5:F0} ms   compiled {size:F2} (limit {MostRatio})   with the count after each line {lines:F2}");
        }
        return held;
    }

    private static async Task<(long Size, double Milliseconds)> ByHandAsync(NpgsqlConnection connection, Case one)
    {
        await using var command = new NpgsqlCommand($"select count(*) from customers where {one.ByHand}", connection);
        return await TimeAsync(command, result => (long)result);
    }

    private static async Task<(long Size, double Milliseconds)> SizeAsync(NpgsqlConnection connection, Case one)
    {
        var compiled = SqlCompiler.Compile(one.Rule, Context);
        await using var command = new NpgsqlCommand($"select count(*) from customers c where {compiled.Predicate}", connection).With(compiled.Parameters);
        return await TimeAsync(command, result => (long)result);
    }

    private static async Task<(long Size, double Milliseconds)> OursAsync(NpgsqlConnection connection, Case one)
    {
        var counts = SqlCompiler.CompileCounts(one.Rule, Context);
        await using var command = new NpgsqlCommand(counts.Sql, connection).With(counts.Parameters);
        return await TimeAsync(command, result => ((long[])result)[^1]);
    }

    private static async Task<(long Size, double Milliseconds)> TimeAsync(NpgsqlCommand command, Func<object, long> size)
    {
        var clock = Stopwatch.StartNew();
        var result = (await command.ExecuteScalarAsync())!;
        return (size(result), clock.Elapsed.TotalMilliseconds);
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

    private sealed record Case(string Name, Rule Rule, string ByHand);
}
