using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Triggered;

/// <summary>
/// Measures what a triggered campaign was worth against its control: what each customer spent in the days after first being sent to or held back. A customer
/// counts once their days are over and the purchases of those days are imported. Kept in memory for a minute.
/// </summary>
public sealed class MeasureTriggered(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantContext tenant, IMemoryCache cache)
{
    /// <summary>Days of 24 hours in which purchases count.</summary>
    public const int Days = 7;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public async Task<TriggeredWorth> RunAsync(TriggeredCampaign campaign, CancellationToken cancellation = default)
    {
        var unit = new Unit(Kpi.Revenue, tenant.Current.Currency);
        if (await KnownUntilAsync(cancellation) is not { } until) return TriggeredWorth.WithoutPurchases(unit);
        var key = (nameof(MeasureTriggered), tenant.Current.Id, campaign.Id, campaign.State, campaign.ControlShare, until);
        if (cache.TryGetValue(key, out TriggeredWorth? kept)) return kept!;
        return cache.Set(key, await ReadAsync(campaign, until, unit, cancellation), Kept);
    }

    /// <summary>The end of the day up to which purchases were imported, or when that was if the day was not over; null while there are none.</summary>
    private async Task<DateTimeOffset?> KnownUntilAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var last = await db.ImportRuns.Where(r => r.Kind == ImportKind.Transactions && r.State == ImportState.Done && r.FinishedAt != null).OrderByDescending(r => r.DataDate).ThenByDescending(r => r.Id)
            .Select(r => new { r.DataDate, FinishedAt = r.FinishedAt!.Value }).FirstOrDefaultAsync(cancellation);
        if (last is null) return null;
        var end = WallClock.ToInstant(last.DataDate.AddDays(1), TimeOnly.MinValue, tenant.Current.Zone);
        return end < last.FinishedAt ? end : last.FinishedAt;
    }

    private async Task<TriggeredWorth> ReadAsync(TriggeredCampaign campaign, DateTimeOffset until, Unit unit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("measure-triggered.sql"), connection)
        {
            CommandTimeout = 300, Parameters = { new() { Value = campaign.Id }, new() { Value = until.ToUniversalTime() }, new() { Value = Days * 24 } },
        };
        Entrants test = default, control = default;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var group = new Entrants(reader.GetInt64(1), reader.GetInt64(3), new(reader.GetInt64(2), reader.GetInt64(4), reader.GetDouble(5), reader.GetDouble(6)));
            if (reader.GetBoolean(0)) test = group;
            else control = group;
        }
        return TriggeredWorth.Of(campaign, test, control, until, unit);
    }
}

/// <summary>A group of those who entered a triggered campaign.</summary>
/// <param name="InData">Of those whose days are over, those who are still in the customer data.</param>
/// <param name="Over">What those did whose days are over.</param>
public readonly record struct Entrants(long Customers, long InData, GroupTotals Over);

/// <summary>What a triggered campaign was worth, as far as customers' days are over.</summary>
/// <param name="Entered">Customers to whom it was sent at least once, or who were held back.</param>
/// <param name="KnownUntil">Until when purchases are known; null while none were imported.</param>
public sealed record TriggeredWorth(Verdict Verdict, Unit Unit, long Entered, DateTimeOffset? KnownUntil, bool HasEnded) : Finding(Verdict, Unit)
{
    /// <summary>Customers whose days are over: those of both groups.</summary>
    public long Over => Figures.Test.Customers + Figures.Control.Customers;
    public long StillOpen => Entered - Over;
    public override bool IsClosed => HasEnded && StillOpen == 0;

    public static TriggeredWorth WithoutPurchases(Unit unit) => new(Verdict.Awaiting(new(), new(), 0, "once purchases are imported", unit.Total), unit, 0, null, HasEnded: false);

    public static TriggeredWorth Of(TriggeredCampaign campaign, Entrants test, Entrants control, DateTimeOffset until, Unit unit)
    {
        var (ended, entered, share) = (campaign.State == TriggeredCampaignState.Ended, test.Customers + control.Customers, (double)campaign.ControlShare);
        var open = !ended || entered > test.Over.Customers + control.Over.Customers;
        var comes = ended ? $"when everybody's {MeasureTriggered.Days} days are over" : $"once the campaign has ended and everybody's {MeasureTriggered.Days} days are over";
        var verdict = Verdict.Awaiting(test.Over, control.Over, share, open ? comes : null, unit.Total);
        return new(WithoutLosses(verdict, SplitCheck.Of(test.InData, control.InData, share)), unit, entered, until, ended);
    }
}
