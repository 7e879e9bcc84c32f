using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>
/// Counts what an occurrence's groups did from its planned send time to now or to the end of its window, from recipients and transactions.
/// The same start holds for both groups. Kept in memory for a while for as long as no new data came in.
/// </summary>
public sealed class MeasureOccurrence(TenantDatabase database, TenantContext tenant, IMemoryCache cache, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <param name="dataVersion">Changes whenever data came in.</param>
    public async Task<Measurement> RunAsync(Occurrence o, int dataVersion, CancellationToken cancellation = default)
    {
        var days = DaysBegun(o, clock.GetUtcNow());
        var key = (nameof(Measurement), tenant.Current.Id, o.Id, o.SendAt, o.ListedAt, dataVersion, days);
        if (cache.TryGetValue(key, out Measurement? kept)) return kept!;
        return cache.Set(key, await ReadAsync(o, days, cancellation), Kept);
    }

    /// <summary>How many of the window's days of 24 hours have begun.</summary>
    internal static int DaysBegun(Occurrence o, DateTimeOffset now) => (int)Math.Clamp(Math.Ceiling((now - o.SendAt).TotalDays), 0, o.MeasurementDays);

    private async Task<Measurement> ReadAsync(Occurrence o, int days, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("measure-occurrence.sql"), connection)
        {
            CommandTimeout = 300,
            Parameters = { new() { Value = o.Id }, new() { Value = o.SendAt.ToUniversalTime() }, new() { Value = o.SendAt.AddDays(days).ToUniversalTime() }, new() { Value = o.Kpi == Kpi.Revenue } },
        };
        var sums = new MeasurementSums(days);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) sums.Add(reader);
        return sums.ToMeasurement();
    }
}
