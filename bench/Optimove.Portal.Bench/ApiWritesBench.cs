using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Bench;

/// <summary>
/// Writes by API over HTTP, parsing, checks and history included, as ratios to the bare statement that changes the same rows from a table that is
/// already in the database: 10,000 customers x 5 attributes, and 50,000 preferences that all change.
/// </summary>
public static class ApiWritesBench
{
    private const double MostRatio = 1.5;
    private const int Updated = 10_000, Preferring = 50_000, Step = 7, Warm = 10;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 7;

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var world = await ApiBenchWorld.CreateAsync(cluster);
        Console.WriteLine($"api-writes: {ApiBenchWorld.Customers:N0} customers x 30 attributes; {Rounds} rounds, medians");
        var attributes = await AttributesAsync(cluster, world);
        return await PreferencesAsync(cluster, world) && attributes;
    }

    private static async Task<bool> AttributesAsync(BenchCluster cluster, ApiBenchWorld world)
    {
        var fields = new[] { AttributeType.Integer, AttributeType.Date, AttributeType.Boolean, AttributeType.Decimal, AttributeType.Text }.Select(t => CustomerFile.Attributes.First(a => a.Type == t)).ToList();
        await world.RunAsync($"create table staged (id text primary key, {string.Join(", ", fields.Select(f => $"{f.Field} {ApiBenchWorld.Type(f)}"))})");
        var round = 0;
        return await CompareAsync($"UpdateCustomerAttributes, {Updated:N0} x {fields.Count}", async () =>
        {
            await world.RunAsync($"truncate staged; insert into staged select {Id("n")}, {string.Join(", ", fields.Select(f => $"({Sql(f.Type, round)})::{ApiBenchWorld.Type(f)}"))} from generate_series(1, {Updated}) n; analyze staged");
            await SettleAsync(cluster, $"{world.Tenant.Schema}.customers");
        }, () => world.RunAsync($"update customers c set {string.Join(", ", fields.Select(f => $"{f.Field} = s.{f.Field}"))} from staged s where c.customer_id = s.id"), () =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new { CustomerNewAttributesValuesList = Enumerable.Range(1, Updated).Select(n => new { CustomerID = Id(n), Attributes = fields.Select(f => new { RealFieldName = f.Field, Value = Text(f.Type, n, round) }) }) });
            round++;
            return () => world.PostAsync("/current/customers/UpdateCustomerAttributes", body);
        });
    }

    private static async Task<bool> PreferencesAsync(BenchCluster cluster, ApiBenchWorld world)
    {
        await world.RunAsync($"create table told as select {Id("n")} as customer_id from generate_series(1, {Preferring}) n; analyze told");
        // Whoever writes next turns all around.
        var optedIn = false;
        return await CompareAsync($"SetCustomerChannelPreference, {Preferring:N0}", () => SettleAsync(cluster, $"{world.Tenant.Schema}.channel_preferences"), () =>
        {
            optedIn = !optedIn;
            return world.RunAsync($"""
                insert into channel_preferences as p (customer_id, channel, opted_in, source, changed_at) select customer_id, 'sms', {optedIn}, 'api', now() from told order by customer_id
                on conflict (customer_id, channel) do update set opted_in = excluded.opted_in, source = excluded.source, changed_at = excluded.changed_at where p.opted_in is distinct from excluded.opted_in
                """);
        }, () =>
        {
            optedIn = !optedIn;
            var body = Encoding.UTF8.GetBytes($$"""{"ChannelID":{{ApiBenchWorld.ChannelNumber}},"CommunicationMode":{{(optedIn ? 1 : 0)}},"CustomerIDs":[{{string.Join(',', Enumerable.Range(1, Preferring).Select(n => $"\"{Id(n)}\""))}}]}""");
            return () => world.PostAsync("/current/integrations/SetCustomerChannelPreference", body);
        });
    }

    private static async Task SettleAsync(BenchCluster cluster, string table)
    {
        await cluster.RunAsync($"vacuum {table}");
        await cluster.RunAsync("checkpoint");
    }

    private static async Task<bool> CompareAsync(string name, Func<Task> settle, Func<Task<int>> bare, Func<Func<Task>> ours)
    {
        List<double> reference = [], measured = [];
        for (var round = -Warm; round < Rounds; round++)
        {
            await settle();
            var clock = Stopwatch.StartNew();
            await bare();
            var one = clock.Elapsed.TotalMilliseconds;
            await settle();
            var call = ours();
            clock.Restart();
            await call();
            var other = clock.Elapsed.TotalMilliseconds;
            if (round < 0) continue; // the first rounds warm server and JIT
            reference.Add(one);
            measured.Add(other);
        }
        var ratio = Median(measured) / Median(reference);
        Console.WriteLine($"  {name,-45} bare {Median(reference),5:F0} ms   by API {Median(measured),5:F0} ms   {ratio:F2}   (limit {MostRatio})");
        return ratio <= MostRatio;
    }

    // Spread over the whole table.
    private static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"C{n * Step:000000000}");

    private static string Id(string n) => $"'C' || lpad(({n} * {Step})::text, 9, '0')";

    private static string Text(AttributeType type, int n, int round) => type switch
    {
        AttributeType.Date => new DateOnly(2024, 1, 1).AddDays((n + round) % 300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        AttributeType.Boolean => (n + round) % 2 == 0 ? "true" : "false",
        _ => ((n + round) % 9).ToString(CultureInfo.InvariantCulture),
    };

    private static string Sql(AttributeType type, int round) => type switch
    {
        AttributeType.Date => $"date '2024-01-01' + (n + {round}) % 300",
        AttributeType.Boolean => $"(n + {round}) % 2 = 0",
        _ => $"(n + {round}) % 9",
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
