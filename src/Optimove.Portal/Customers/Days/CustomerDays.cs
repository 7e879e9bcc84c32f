using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Days;

/// <summary>
/// Finds the customers of earlier days, from the files that were good and the versions that they took the place of. A file that is held, or
/// that a person refused, describes no day. Of several files for one day the last counts; a day without a file has the customers of the day before.
/// </summary>
public sealed class CustomerDays(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantContext tenant, TimeProvider clock)
{
    private const int MostRuns = 100;

    /// <summary>The customers of a day.</summary>
    /// <param name="name">What the day is called where it is refused.</param>
    /// <exception cref="RefusedException">They are not kept, or the day has not come yet.</exception>
    public async Task<CustomersOfDay> OnAsync(string name, DateOnly day, CancellationToken cancellation)
    {
        var (kept, today) = (await KeptAsync(cancellation), tenant.Current.DayOf(clock.GetUtcNow()));
        if (kept.Count == 0) throw new RefusedException("No customers have been loaded yet.");
        var found = day > Later(today, kept[^1].Day) ? null : kept.LastOrDefault(k => k.Day <= day);
        return found ?? throw new RefusedException($"{name} {day:yyyy-MM-dd} is outside the days whose customers are kept, which are {kept[0].Day:yyyy-MM-dd} to {Later(today, kept[^1].Day):yyyy-MM-dd}.");
    }

    /// <summary>The customers of now and those of the day before them; twice the same where no earlier day is kept.</summary>
    public async Task<(CustomersOfDay Earlier, CustomersOfDay Now)> LatestAsync(CancellationToken cancellation)
    {
        var kept = await KeptAsync(cancellation);
        return kept.Count == 0 ? throw new RefusedException("No customers have been loaded yet.") : (kept[Math.Max(0, kept.Count - 2)], kept[^1]);
    }

    /// <summary>The days that there are, the oldest first.</summary>
    private async Task<IReadOnlyList<CustomersOfDay>> KeptAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var runs = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && r.Report != null && (r.State == ImportState.Done || r.State == ImportState.Held))
            .OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(MostRuns).Select(r => new { r.DataDate, r.State, r.Report }).ToListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var versions = (await CustomerVersions.ListAsync(connection, cancellation)).Select(v => v.Table).ToHashSet();
        var (kept, table) = (new List<CustomersOfDay>(), CustomerVersions.Table);
        foreach (var run in runs)
        {
            if (run.State == ImportState.Done && kept.All(k => k.Day != run.DataDate)) kept.Add(new(run.DataDate, table, table == CustomerVersions.Table ? null : EndOf(run.DataDate)));
            table = JsonSerializer.Deserialize<ImportReport>(run.Report!)!.EarlierVersion;
            if (table is null || !versions.Contains(table)) break;
        }
        return [.. kept.OrderBy(k => k.Day)];
    }

    private DateTimeOffset EndOf(DateOnly day) => WallClock.ToInstant(day.AddDays(1), TimeOnly.MinValue, tenant.Current.Zone);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
