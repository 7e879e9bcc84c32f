using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Bench;

/// <summary>Lists of 250,000 and 800,000 recipients with control, reasons and key, as a ratio to CREATE TABLE AS of the bare ids.</summary>
public static class RecipientsBench
{
    private const double MostRatio = 2.2;
    private const int Warm = 3;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 7;

    public static async Task<bool> RunAsync()
    {
        await using var cluster = await BenchCluster.StartAsync();
        await using var world = await SendingBenchWorld.CreateAsync(cluster);
        Console.WriteLine($"recipients: {SendingBenchWorld.Customers:N0} customers, control 10 %, opted out 5 %, shared mailboxes 0.5 %; {Rounds} rounds, medians");
        var held = true;
        foreach (var size in new[] { 250_000, 800_000 }) held &= await MeasureAsync(cluster, world, size);
        return held;
    }

    private static async Task<bool> MeasureAsync(BenchCluster cluster, SendingBenchWorld world, int size)
    {
        List<double> reference = [], ours = [];
        for (var round = -Warm; round < Rounds; round++)
        {
            await cluster.RunAsync("checkpoint");
            var bare = await world.InTenantAsync(s => BareAsync(s, size));
            await cluster.RunAsync("checkpoint");
            var list = await world.InTenantAsync(s => ListAsync(s, world, size, size + Warm + round));
            if (round < 0) continue; // the first rounds warm server and JIT
            reference.Add(bare);
            ours.Add(list);
        }
        var ratio = Median(ours) / Median(reference);
        Console.WriteLine($"  {size,7:N0}: create table as {Median(reference) * 1000:N0} ms   1.00;   list {Median(ours) * 1000:N0} ms   {ratio:F2}   (limit {MostRatio})");
        return ratio <= MostRatio;
    }

    private static async Task<double> BareAsync(IServiceProvider services, int size)
    {
        await using var connection = await services.GetRequiredService<TenantDatabase>().OpenAsync();
        await ExecuteAsync(connection, "drop table if exists bare");
        var clock = Stopwatch.StartNew();
        await ExecuteAsync(connection, $"create table bare as select customer_id from customers c where score < {size / (SendingBenchWorld.Customers / 1000)}");
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> ListAsync(IServiceProvider services, SendingBenchWorld world, int size, int occurrence)
    {
        var context = await services.GetRequiredService<TenantRules>().GetAsync();
        var assignment = new Assignment(new byte[32], "1", "2026-11-21", 0.1);
        var by = await services.GetRequiredService<ReadAddressing>().RunAsync(null, null);
        var plan = new ListPlan(occurrence, SqlCompiler.Compile(SendingBenchWorld.Below(size), context), by, assignment, 500);
        await using var connection = await services.GetRequiredService<TenantDatabase>().OpenAsync();
        var clock = Stopwatch.StartNew();
        ListCounts counts;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            counts = await services.GetRequiredService<MakeList>().RunAsync(connection, plan, CancellationToken.None);
            await transaction.CommitAsync();
        }
        var took = clock.Elapsed.TotalSeconds;
        if (counts.Considered != size || counts.Excluded == 0 || counts.Control == 0) throw new InvalidOperationException($"The list is wrong: {counts}.");
        await ExecuteAsync(connection, $"drop table recipients_{occurrence}");
        return took;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
