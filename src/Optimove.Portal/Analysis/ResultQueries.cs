using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Shell.Home;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Analysis;

/// <summary>Results of occurrences for screens and exports.</summary>
public sealed class ResultQueries(IDbContextFactory<PortalDb> databases, MeasureOccurrence measure, ProviderCatalog providers, TenantContext tenant, TimeProvider clock)
{
    /// <summary>The columns that the list can be sorted by.</summary>
    public static readonly string[] Sortable = ["closed", "sent", "name", "customers"];

    /// <summary>Occurrences that went out, the closed ones first unless sorted otherwise.</summary>
    /// <param name="text">Part of a campaign's name; null for all.</param>
    /// <param name="state">"closed" or "measuring"; anything else for all.</param>
    public async Task<PageOf<Result>> ListAsync(string? text, string? state, GridQuery query, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = WentOut(db).Where(o => string.IsNullOrWhiteSpace(text) || EF.Functions.ILike(o.Campaign.Name, Pattern(text), @"\"));
        found = state switch
        {
            "closed" => found.Where(o => o.State == OccurrenceState.Closed),
            "measuring" => found.Where(o => o.State != OccurrenceState.Closed),
            _ => found,
        };
        var total = await found.LongCountAsync(cancellation);
        var rows = await Sorted(found, query).Skip(query.Offset).Take(query.PageSize).ToListAsync(cancellation);
        return new(await ResultsAsync(db, rows, cancellation), total);
    }

    /// <summary>One occurrence of a campaign, the newest that went out unless a date is given; null when there is none.</summary>
    public async Task<Result?> FindAsync(int campaignId, DateOnly? date, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var occurrence = await WentOut(db).Where(o => o.CampaignId == campaignId && (date == null || o.Date == date)).OrderByDescending(o => o.Date).FirstOrDefaultAsync(cancellation);
        return occurrence is null ? null : (await ResultsAsync(db, [occurrence], cancellation))[0];
    }

    /// <summary>The dates on which a campaign went out, the newest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> DatesAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await WentOut(db).Where(o => o.CampaignId == campaignId).OrderByDescending(o => o.Date).Select(o => o.Date).ToListAsync(cancellation);
    }

    /// <summary>Results whose window closed after an instant, the newest first, at most ten.</summary>
    public async Task<IReadOnlyList<Result>> ClosedSinceAsync(DateTimeOffset since, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var utc = since.ToUniversalTime();
        var closed = await WentOut(db).Where(o => o.State == OccurrenceState.Closed && o.ClosedAt > utc).OrderByDescending(o => o.ClosedAt).Take(10).ToListAsync(cancellation);
        return await ResultsAsync(db, closed, cancellation);
    }

    /// <summary>The results of the last two weeks as Mission Control shows them.</summary>
    public async Task<IReadOnlyList<ClosedResult>> ClosedLatelyAsync(CancellationToken cancellation) =>
    [
        .. (await ClosedSinceAsync(clock.GetUtcNow().AddDays(-14), cancellation)).Select(r => new ClosedResult(
            r.Occurrence.CampaignId, r.Occurrence.Campaign.Name, r.Occurrence.Date, r.Word, r.Verdict.Sentence,
            r.Unit.Kpi == Kpi.Revenue && r.ShownInterval is { } i ? (r.Figures.Increase, i.Lower, i.Upper) : null)),
    ];

    private IQueryable<Occurrence> WentOut(PortalDb db)
    {
        var now = clock.GetUtcNow();
        return db.Occurrences.AsNoTracking().Include(o => o.Campaign)
            .Where(o => o.State == OccurrenceState.Measuring || o.State == OccurrenceState.Closed || o.State == OccurrenceState.Incomplete && o.SendAt <= now);
    }

    private static IOrderedQueryable<Occurrence> Sorted(IQueryable<Occurrence> found, GridQuery query) => (query.Sort, query.Descending) switch
    {
        ("name", false) => found.OrderBy(o => o.Campaign.Name).ThenByDescending(o => o.Date),
        ("name", true) => found.OrderByDescending(o => o.Campaign.Name).ThenByDescending(o => o.Date),
        ("customers", false) => found.OrderBy(o => o.Considered - o.Excluded).ThenBy(o => o.Id),
        ("customers", true) => found.OrderByDescending(o => o.Considered - o.Excluded).ThenBy(o => o.Id),
        ("sent", false) => found.OrderBy(o => o.SendAt).ThenBy(o => o.Id),
        ("sent", true) => found.OrderByDescending(o => o.SendAt).ThenBy(o => o.Id),
        _ => found.OrderBy(o => o.State == OccurrenceState.Closed ? 0 : 1).ThenByDescending(o => o.SendAt).ThenBy(o => o.Id),
    };

    private async Task<IReadOnlyList<Result>> ResultsAsync(PortalDb db, IReadOnlyList<Occurrence> occurrences, CancellationToken cancellation)
    {
        var ids = occurrences.Select(o => o.Id).ToArray();
        var pulls = (await db.MetricPulls.AsNoTracking().Where(p => ids.Contains(p.OccurrenceId)).OrderBy(p => p.Day).ToListAsync(cancellation)).ToLookup(p => p.OccurrenceId);
        var groups = await db.TargetGroups.AsNoTracking().ToDictionaryAsync(g => g.Id, g => g.Name, cancellation);
        var connections = await db.Connections.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Provider, cancellation);
        var templateIds = occurrences.Select(o => o.TemplateId).ToArray();
        var templates = await db.Templates.AsNoTracking().Where(t => templateIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        // Whatever came in last is the version of the data: customers, purchases, or a correction.
        var version = await db.ImportRuns.Where(r => r.State == ImportState.Done).MaxAsync(r => (int?)r.Id, cancellation) ?? 0;
        var today = tenant.Current.DayOf(clock.GetUtcNow());
        var results = new List<Result>();
        foreach (var o in occurrences)
        {
            var unit = new Unit(o.Kpi, tenant.Current.Currency);
            var measured = await measure.RunAsync(o, version, cancellation);
            var (verdict, inData) = Result.Judge(o, measured, today, unit, tenant.Current.Zone);
            results.Add(new(o, groups.GetValueOrDefault(o.Campaign.TargetGroupId ?? 0, "a target group that is gone"), templates.GetValueOrDefault(o.TemplateId, o.Subject ?? "a template that is gone"),
                providers[connections[o.ConnectionId]].Info, [.. pulls[o.Id]], measured, verdict, inData, unit));
        }
        return results;
    }

    private static string Pattern(string text) =>
        "%" + text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
