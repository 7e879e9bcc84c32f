using System.Diagnostics;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;

namespace Optimove.Portal.Bench;

/// <summary>The import of a million customers with validation, rejects and swap, as a ratio to <c>psql \copy</c> of the same clean rows into the same table with its key.</summary>
public static class ImportBench
{
    private const double MostRatio = 0.9;
    private const double MostMegabytes = 300;
    private const int Rows = 1_000_000;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BENCH_ROUNDS"), out var rounds) ? rounds : 5;

    public static async Task<bool> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("optimove-import-bench-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            var (clean, dirty) = (Path.Combine(folder, "clean.csv"), Path.Combine(folder, "dirty.csv"));
            CustomerFile.Write(clean, Rows, dirtyShare: 0);
            var dirt = CustomerFile.Write(dirty, Rows, dirtyShare: 0.0025);
            Console.WriteLine($"import: {Rows:N0} customers x 30 attributes, {new FileInfo(clean).Length / 1e6:N1} MB; dirty file with {dirt.Rows:N0} bad rows; {Rounds} rounds, medians");
            await using var cluster = await BenchCluster.StartAsync();
            return await MeasureAsync(cluster, clean, dirty, dirt);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(BenchCluster cluster, string clean, string dirty, CustomerFile.Dirt dirt)
    {
        await cluster.RunAsync("create schema ours");
        List<double> reference = [], oursClean = [], oursDirty = [];
        double peak = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var copied = await ReferenceAsync(cluster, clean);
            var cleanTook = await OursAsync(cluster, clean, 0);
            var dirtyTook = await OursAsync(cluster, dirty, dirt.Rows);
            if (round == 0)
                continue; // the first round warms file, server and JIT
            reference.Add(copied.TotalSeconds);
            oursClean.Add(cleanTook.Seconds);
            oursDirty.Add(dirtyTook.Seconds);
            peak = Math.Max(peak, Math.Max(cleanTook.Megabytes, dirtyTook.Megabytes));
            Console.WriteLine($"  round {round}: \\copy {copied.TotalSeconds:F2} s, import {cleanTook.Seconds:F2} s, dirty {dirtyTook.Seconds:F2} s");
        }
        var ratios = (Clean: Median(oursClean) / Median(reference), Dirty: Median(oursDirty) / Median(reference));
        Console.WriteLine($"  psql \\copy into the table with its key   {Median(reference):F2} s   1.00   {Rows / Median(reference):N0} rows/s");
        Console.WriteLine($"  import, clean file                       {Median(oursClean):F2} s   {ratios.Clean:F2}   {Rows / Median(oursClean):N0} rows/s");
        Console.WriteLine($"  import, dirty file                       {Median(oursDirty):F2} s   {ratios.Dirty:F2}   (limit {MostRatio})");
        Console.WriteLine($"  managed memory, peak                     {peak:N0} MB   (limit {MostMegabytes:N0})");
        return Math.Max(ratios.Clean, ratios.Dirty) <= MostRatio && peak <= MostMegabytes;
    }

    private static async Task<TimeSpan> ReferenceAsync(BenchCluster cluster, string file)
    {
        await cluster.RunAsync($"drop table if exists reference; create table reference (customer_id text primary key, {string.Join(", ", CustomerFile.Attributes.Select(a => $"{a.Field} {Sql(a)}"))}); checkpoint");
        return await cluster.PsqlAsync($"\\copy reference from '{file}' with (format csv, header true)");
    }

    private static async Task<(double Seconds, double Megabytes)> OursAsync(BenchCluster cluster, string file, int expectedRejects)
    {
        await cluster.RunAsync("drop schema ours cascade; create schema ours; checkpoint");
        await using var connection = await cluster.OpenAsync();
        await using (var tables = new NpgsqlCommand("set search_path = ours; " + SqlFile.Read("create-customer-tables.sql"), connection))
            await tables.ExecuteNonQueryAsync();
        using var watch = new MemoryWatch();
        var clock = Stopwatch.StartNew();
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var report = await new CustomerFileImport(TimeProvider.System).RunAsync(connection, new(1, ImportKind.Customers, stream, CustomerFile.Attributes), null, CancellationToken.None);
        var took = clock.Elapsed.TotalSeconds;
        if (report.RowsRead != Rows || report.RowsRejected != expectedRejects || report.RowsLoaded != Rows - expectedRejects)
            throw new InvalidOperationException($"The counts are wrong: {report.RowsRead} read, {report.RowsLoaded} loaded, {report.RowsRejected} rejected; {expectedRejects} rejects expected.");
        return (took, watch.Peak);
    }

    private static string Sql(Targeting.AttributeColumn attribute) => attribute.Type switch
    {
        Targeting.AttributeType.Integer => "int4",
        Targeting.AttributeType.Date => "date",
        Targeting.AttributeType.Boolean => "boolean",
        Targeting.AttributeType.Decimal => "numeric(19,4)",
        _ => $"varchar({attribute.Length})",
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Looks at the managed heap fifty times a second; garbage that was not collected yet counts.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;

        public MemoryWatch()
        {
            GC.Collect();
            _timer = new(_ => Peak = Math.Max(Peak, GC.GetTotalMemory(false) / 1e6), null, 0, 20);
        }

        public double Peak { get; private set; }

        public void Dispose() => _timer.Dispose();
    }
}
