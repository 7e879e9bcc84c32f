using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;

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
        var key = (nameof(MeasureTriggered), tenant.Current.Id, campaign.Id, campaign.State, campaign.StateAt, campaign.EndsOn, until);
        if (cache.TryGetValue(key, out TriggeredWorth? kept)) return kept!;
        return cache.Set(key, await ReadAsync(campaign, until, unit, cancellation), Kept);
    }

    /// <summary>The beginning of the day of the last import of purchases: a file of the night holds the days before it. Null while there is none.</summary>
    private async Task<DateTimeOffset?> KnownUntilAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var day = await db.ImportRuns.Where(r => r.Kind == ImportKind.Transactions && r.State == ImportState.Done).MaxAsync(r => (DateOnly?)r.DataDate, cancellation);
        return day is { } last ? WallClock.ToInstant(last, TimeOnly.MinValue, tenant.Current.Zone) : null;
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
        var asPlanned = campaign.State == TriggeredCampaignState.Ended && campaign.EndsOn is { } last && campaign.StateAt is { } at && tenant.Current.DayOf(at) > last;
        return TriggeredWorth.Of(campaign, asPlanned, test, control, until, unit);
    }
}

/// <summary>A group of those who entered a triggered campaign.</summary>
/// <param name="InData">Of those whose days are over, those who are still in the customer data.</param>
/// <param name="Over">What those did whose days are over.</param>
public readonly record struct Entrants(long Customers, long InData, GroupTotals Over);

/// <summary>What a triggered campaign was worth, as far as customers' days are over.</summary>
/// <param name="Entered">Customers to whom it was sent at least once, or who were held back.</param>
/// <param name="KnownUntil">Until when purchases are known; null while none were imported.</param>
/// <param name="HasEnded">Whether nobody enters any more.</param>
/// <param name="AsPlanned">Whether it ended with the last day that was set: a campaign that somebody ends at a good moment looks better than it is.</param>
public sealed record TriggeredWorth(Verdict Verdict, Unit Unit, long Entered, DateTimeOffset? KnownUntil, bool HasEnded, bool AsPlanned) : Finding(Verdict, Unit)
{
    /// <summary>Customers whose days are over: those of both groups.</summary>
    public long Over => Figures.Test.Customers + Figures.Control.Customers;
    public long StillOpen => Entered - Over;
    public override bool IsClosed => AsPlanned && StillOpen == 0;
    /// <summary>Whether there is anything to compare: somebody of each group that there is has no days left.</summary>
    public bool IsReady { get; private init; }

    public static TriggeredWorth WithoutPurchases(Unit unit) => new(Verdict.Awaiting(new(), new(), 0, "once purchases are imported", unit.Total), unit, 0, null, HasEnded: false, AsPlanned: false);

    /// <param name="asPlanned">Whether it ended with the last day that was set.</param>
    public static TriggeredWorth Of(TriggeredCampaign campaign, bool asPlanned, Entrants test, Entrants control, DateTimeOffset until, Unit unit)
    {
        var (ended, entered, share) = (campaign.State == TriggeredCampaignState.Ended, test.Customers + control.Customers, (double)campaign.ControlShare);
        var over = test.Over.Customers + control.Over.Customers;
        var comes = asPlanned ? entered > over ? $"when everybody's {MeasureTriggered.Days} days are over" : null
            : !ended && campaign.EndsOn is { } last ? $"when everybody's {MeasureTriggered.Days} days after the last day, {Format.DayMonth(last)}, are over"
            : "only where a last day is set and kept to: a campaign that is ended at a good moment looks better than it is";
        var verdict = Verdict.Awaiting(test.Over, control.Over, share, comes, unit.Total, "A new campaign that runs longer, or holds more back, can say more.");
        return new(WithoutLosses(verdict, SplitCheck.Of(test.InData, control.InData, share)), unit, entered, until, ended, asPlanned)
        {
            IsReady = test.Over.Customers > 0 && (control.Over.Customers > 0 || share == 0),
        };
    }
}
