using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Metrics;

public sealed class CollectMetricsTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Nobody = "select 'A', 'send'";
    private readonly MeasuringHouse _house = new(cluster);

    public ValueTask InitializeAsync() => _house.InitializeAsync();
    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Seven_days_are_read_once_each_from_seven_in_the_morning()
    {
        var o = await _house.SentAsync(Nobody);
        var opens = 0;
        _house.Provider.Reading = () => StandInProvider.Opens(opens += 10);
        await AtAsync("2026-05-15 04:59");
        Assert.Empty(await PullsAsync(o));
        for (var day = 15; day <= 21; day++)
        {
            await AtAsync($"2026-05-{day} 05:00");
            await AtAsync($"2026-05-{day} 06:30");
        }
        await AtAsync("2026-05-22 06:30");

        var pulls = await PullsAsync(o);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], pulls.Select(p => p.Day));
        Assert.Equal([10, 20, 30, 40, 50, 60, 70], pulls.Select(p => p.UniqueOpens!.Value));
        Assert.All(pulls, p => Assert.Equal((PullState.Read, 1), (p.State, p.Tries)));
        Assert.Contains("70", pulls[6].Raw);
        Assert.Equal(OccurrenceState.Measuring, (await _house.FreshAsync(o.Id)).State);
    }

    [Fact]
    public async Task A_failed_reading_is_tried_again_after_an_hour_and_counts_when_it_comes()
    {
        var o = await _house.SentAsync(Nobody);
        _house.Provider.Reading = () => throw new ProviderException(ProviderFault.Unavailable, "StandIn does not answer.");
        await AtAsync("2026-05-15 05:00");
        await AtAsync("2026-05-15 05:59");
        var pull = Assert.Single(await PullsAsync(o));
        Assert.Equal((PullState.Failed, 1, "StandIn does not answer."), (pull.State, pull.Tries, pull.Sentence));

        _house.Provider.Reading = () => StandInProvider.Opens(12);
        await AtAsync("2026-05-15 06:00");
        pull = Assert.Single(await PullsAsync(o));
        Assert.Equal((PullState.Read, 2, null, 12L), (pull.State, pull.Tries, pull.Sentence, pull.UniqueOpens));
    }

    [Fact]
    public async Task A_day_without_an_answer_is_a_gap_that_says_why_and_later_days_are_read()
    {
        var o = await _house.SentAsync(Nobody);
        _house.Provider.Reading = () => throw new ProviderException(ProviderFault.Unavailable, "StandIn answered 503.");
        await AtAsync("2026-05-15 05:00");
        _house.Provider.Reading = () => StandInProvider.Opens(20);
        await AtAsync("2026-05-16 05:00");

        var pulls = await PullsAsync(o);
        Assert.Equal([(PullState.Gap, "StandIn answered 503."), (PullState.Read, null)], pulls.Select(p => (p.State, p.Sentence)));
        Assert.Null(pulls[0].UniqueOpens);
    }

    [Fact]
    public async Task A_provider_without_figures_is_not_yet_and_no_failure()
    {
        var o = await _house.SentAsync(Nobody);
        await AtAsync("2026-05-15 05:00");
        var pull = Assert.Single(await PullsAsync(o));
        Assert.Equal((PullState.NotYet, "StandIn has no figures for it yet."), (pull.State, pull.Sentence));
    }

    [Fact]
    public async Task Days_on_which_the_portal_stood_still_are_gaps_and_the_last_is_read_late()
    {
        var o = await _house.SentAsync(Nobody);
        _house.Provider.Reading = () => StandInProvider.Opens(33);
        await AtAsync("2026-05-24 12:00");
        var pulls = await PullsAsync(o);
        Assert.All(pulls.Take(6), p => Assert.Equal((PullState.Gap, "The portal was not running on this day."), (p.State, p.Sentence)));
        Assert.Equal((7, PullState.Read, 33L), (pulls[6].Day, pulls[6].State, pulls[6].UniqueOpens));
        Assert.Equal("Another send is in these figures.", pulls[6].Sentence);
    }

    [Fact]
    public async Task The_last_day_is_given_up_after_another_week()
    {
        var o = await _house.SentAsync(Nobody);
        await AtAsync("2026-05-28 04:59");
        Assert.Equal(PullState.NotYet, (await PullsAsync(o))[6].State);
        await AtAsync("2026-05-28 05:00");
        Assert.Equal(PullState.Gap, (await PullsAsync(o))[6].State);
    }

    [Fact]
    public async Task Seven_in_the_morning_stays_seven_when_the_clock_changes()
    {
        // 25 October 2026: Paris goes from UTC+2 to UTC+1 at 03:00.
        var o = await _house.SentAsync(Nobody, sendAt: "2026-10-24 08:00Z");
        _house.Provider.Reading = () => StandInProvider.Opens(1);
        await AtAsync("2026-10-25 05:59");
        Assert.Empty(await PullsAsync(o));
        await AtAsync("2026-10-25 06:00");
        Assert.Single(await PullsAsync(o));
    }

    [Fact]
    public async Task It_closes_when_the_readings_are_over_the_window_is_past_and_its_last_purchases_are_in()
    {
        var o = await _house.SentAsync(Nobody, x => x.MeasurementDays = 10);
        _house.Provider.Reading = () => StandInProvider.Opens(5);
        await AtAsync("2026-05-21 05:00");
        await AtAsync("2026-05-24 08:00");
        Assert.Equal(OccurrenceState.Measuring, (await _house.FreshAsync(o.Id)).State);

        _house.Clock.MoveTo(Utc("2026-05-25 00:20"));
        await _house.ImportedAsync(MeasuringHouse.First);
        await AtAsync("2026-05-25 00:30");
        var closed = await _house.FreshAsync(o.Id);
        Assert.Equal((OccurrenceState.Closed, Utc("2026-05-25 00:30")), (closed.State, closed.ClosedAt));
        Assert.Equal(1, _house.Provider.CleanUps);

        var asked = _house.Provider.Readings;
        await AtAsync("2026-05-26 08:00");
        Assert.Equal(asked, _house.Provider.Readings);
    }

    [Fact]
    public async Task It_closes_after_two_days_where_no_purchases_come()
    {
        var o = await _house.SentAsync(Nobody, x => x.MeasurementDays = 10);
        _house.Provider.Reading = () => StandInProvider.Opens(5);
        await AtAsync("2026-05-26 07:59");
        Assert.Equal(OccurrenceState.Measuring, (await _house.FreshAsync(o.Id)).State);
        await AtAsync("2026-05-26 08:00");
        Assert.Equal(OccurrenceState.Closed, (await _house.FreshAsync(o.Id)).State);
    }

    [Fact]
    public async Task The_readings_of_another_client_are_left_alone()
    {
        var theirs = await _house.SentAsync(Nobody, tenant: MeasuringHouse.Second);
        _house.Provider.Reading = () => StandInProvider.Opens(1);
        await AtAsync("2026-05-15 12:00");
        Assert.Equal(0L, await _house.Database.AskAsync<long>($"select count(*) from metric_pulls where occurrence_id = {theirs.Id}"));
    }

    private async Task AtAsync(string utc)
    {
        _house.Clock.MoveTo(Utc(utc));
        await _house.AsAsync(MeasuringHouse.First, async s =>
        {
            await s.GetRequiredService<CollectMetrics>().RunAsync(TestContext.Current.CancellationToken);
            return true;
        });
    }

    private Task<List<MetricPull>> PullsAsync(Occurrence o) => _house.AsAsync(MeasuringHouse.First, async s =>
    {
        await using var db = await MeasuringHouse.OpenAsync(s);
        return await db.MetricPulls.AsNoTracking().Where(p => p.OccurrenceId == o.Id).OrderBy(p => p.Day).ToListAsync();
    });

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
