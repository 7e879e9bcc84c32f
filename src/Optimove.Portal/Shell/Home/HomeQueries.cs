using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Occurrences;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Shell.Home;

/// <summary>A campaign that goes out, went out or should have gone out today.</summary>
/// <param name="GroupSize">Its group at the last count; what is known before there is a list.</param>
public sealed record TodayLine(Occurrence Occurrence, string Connection, int? GroupSize);

/// <summary>The last night as it was recorded; null where none has run.</summary>
public sealed record LastNight(Night Night, ImportRun? Import, IReadOnlyList<TodayLine> Lists);

/// <summary>Everything on Mission Control.</summary>
public sealed record HomeView(IReadOnlyList<Need> Needs, IReadOnlyList<TodayLine> Today, LastNight? Night, IReadOnlyList<ClosedResult> Closed, bool HasCampaigns);

/// <summary>What Mission Control shows, in a handful of small queries.</summary>
public sealed class HomeQueries(IDbContextFactory<PortalDb> databases, NeedsQueries needs, OccurrenceQueries occurrences, ClosedResultsReader closed, TenantContext tenant, TimeProvider clock)
{
    public async Task<HomeView> GetAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var today = tenant.Current.DayOf(clock.GetUtcNow());
        var (from, until) = (WallClock.ToInstant(today, default, tenant.Current.Zone), WallClock.ToInstant(today.AddDays(1), default, tenant.Current.Zone));
        var lines = await LinesAsync(db, db.Occurrences.Where(o => o.Date == today || o.SendAt >= from && o.SendAt < until), cancellation);
        return new(await needs.ListAsync(cancellation), lines, await NightAsync(db, cancellation), await closed(cancellation), lines.Count > 0 || await db.Campaigns.AnyAsync(cancellation));
    }

    private async Task<LastNight?> NightAsync(PortalDb db, CancellationToken cancellation)
    {
        if (await db.Nights.AsNoTracking().OrderByDescending(n => n.Date).FirstOrDefaultAsync(cancellation) is not { } night) return null;
        var import = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && r.StartedAt >= night.StartedAt).OrderBy(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        var until = night.StartedAt.AddDays(1);
        return new(night, import, await LinesAsync(db, db.Occurrences.Where(o => o.ListedAt >= night.StartedAt && o.ListedAt < until), cancellation));
    }

    private async Task<IReadOnlyList<TodayLine>> LinesAsync(PortalDb db, IQueryable<Occurrence> which, CancellationToken cancellation)
    {
        var lines = await which.AsNoTracking().Include(o => o.Campaign).OrderBy(o => o.SendAt).ThenBy(o => o.Id)
            .Select(o => new TodayLine(o,
                db.Connections.Where(c => c.Id == o.ConnectionId).Select(c => c.Name).First(),
                db.TargetGroupSizes.Where(s => s.TargetGroupId == o.Campaign.TargetGroupId).OrderByDescending(s => s.DataDate).Select(s => (int?)s.Size).FirstOrDefault()))
            .ToListAsync(cancellation);
        await occurrences.FreshenAsync([.. lines.Select(l => l.Occurrence)], cancellation);
        return lines;
    }
}
