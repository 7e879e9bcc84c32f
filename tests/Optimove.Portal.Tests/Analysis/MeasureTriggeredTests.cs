using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis.Report;
using Optimove.Portal.Analysis.Triggered;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Metrics;

namespace Optimove.Portal.Tests.Analysis;

/// <summary>What a triggered campaign was worth: each customer by the first decision, for seven days from it.</summary>
public sealed class MeasureTriggeredTests(MeasuringHouse house) : IClassFixture<MeasuringHouse>
{
    private const string Entered = "2026-05-14 08:00Z", Later = "2026-07-01 08:00Z";

    /// <summary>A campaign and its decisions as a query (customer_id, fate, decided_at); everybody is a customer.</summary>
    private async Task<TriggeredCampaign> DecidedAsync(string decisions, TriggeredCampaignState state = TriggeredCampaignState.Ended, TenantScope? tenant = null)
    {
        var client = tenant ?? MeasuringHouse.First;
        var campaign = await house.AsAsync(client, async s =>
        {
            await using var db = await MeasuringHouse.OpenAsync(s);
            var at = DateTimeOffset.Parse(Entered, System.Globalization.CultureInfo.InvariantCulture);
            var added = db.TriggeredCampaigns.Add(new() { Name = "At once", TriggerName = "", Rule = "{}", State = state, ControlShare = 0.10m, CreatedAt = at, CreatedBy = "Sofia", SavedAt = at, SavedBy = "Sofia", StateAt = at }).Entity;
            if (state == TriggeredCampaignState.Ended) EndAsPlanned(added);
            await db.SaveChangesAsync();
            return added;
        });
        await house.Database.RunAsync($"""
            set search_path = t{client.Id};
            insert into trigger_decisions (decided_at, campaign_id, fate, customer_id, event_id) select decided_at, {campaign.Id}, fate, customer_id, 'e' || row_number() over () from ({decisions}) d (customer_id, fate, decided_at);
            insert into customers (customer_id) select customer_id from trigger_decisions on conflict do nothing;
            """);
        house.Clock.MoveTo(DateTimeOffset.Parse(Later, System.Globalization.CultureInfo.InvariantCulture));
        return campaign;
    }

    private static void EndAsPlanned(TriggeredCampaign campaign) =>
        (campaign.State, campaign.EndsOn, campaign.StateAt) = (TriggeredCampaignState.Ended, new(2026, 5, 20), new(2026, 5, 21, 3, 0, 0, TimeSpan.Zero));

    private Task<TriggeredWorth> MeasureAsync(TriggeredCampaign campaign, TenantScope? tenant = null) => house.AsAsync(tenant ?? MeasuringHouse.First, s => s.GetRequiredService<MeasureTriggered>().RunAsync(campaign));

    private static string Decisions(string ids, string control = "n > 900") => $"select '{ids}' || n, case when {control} then 'control' else 'sent' end, timestamptz '{Entered}' from generate_series(1, 1000) n";

    [Fact]
    public async Task The_published_example_comes_out_at_17_100_and_is_not_proven()
    {
        var campaign = await DecidedAsync(Decisions("P"));
        await house.BoughtAsync("""
            select 'P' || n, timestamptz '2026-05-20 12:00Z', case when n <= 162 then 20 when n <= 180 then 1820 when n <= 913 then 10 else 1970 end
            from generate_series(1, 1000) n where n <= 180 or n between 901 and 914
            """);
        var worth = await MeasureAsync(campaign);
        Assert.Equal((900, 180, 36_000.0), (worth.Figures.Test.Customers, worth.Figures.Test.Responders, worth.Figures.Test.Sum));
        Assert.Equal((100, 14, 2_100.0), (worth.Figures.Control.Customers, worth.Figures.Control.Responders, worth.Figures.Control.Sum));
        Assert.Equal(17_100, worth.Figures.Increase, 6);
        Assert.Equal((VerdictKind.NotProven, true, 1000, 0), (worth.Verdict.Kind, worth.IsClosed, worth.Entered, worth.StillOpen));
        Assert.Contains("Could be anything from €", worth.Verdict.Sentence);
        Assert.Contains("Welch t = ", Proof.Formula(worth));
    }

    [Fact]
    public async Task Each_customer_counts_once_for_seven_days_from_the_first_decision_and_only_when_they_are_over()
    {
        var campaign = await DecidedAsync($"""
            values ('a', 'sent', timestamptz '{Entered}'), ('a', 'sent', '2026-05-20 08:00Z'), ('b', 'control', '{Entered}'), ('c', 'excluded', '{Entered}'), ('c', 'sent', '2026-05-16 08:00Z'),
                   ('d', 'sent', '{Entered}'), ('d', 'control', '2026-05-15 08:00Z'), ('x', 'excluded', '{Entered}'), ('late', 'sent', '2026-06-30 08:00Z')
            """, TriggeredCampaignState.Live);
        await house.BoughtAsync($"""
            values ('a', timestamptz '{Entered}', 10.0), ('a', '2026-05-21 07:59:59Z', 5), ('a', '2026-05-21 08:00:00Z', 1000), ('a', '2026-05-14 07:59:59Z', 1000), ('b', '2026-05-15 08:00Z', 7),
                   ('c', '2026-05-15 08:00Z', 1000), ('c', '2026-05-23 07:00Z', 3), ('x', '2026-05-15 08:00Z', 1000), ('late', '2026-06-30 09:00Z', 1000), ('stranger', '2026-05-15 08:00Z', 1000)
            """);
        var worth = await MeasureAsync(campaign);
        Assert.Equal(new GroupTotals(3, 2, 18, 15 * 15 + 3 * 3), worth.Figures.Test);
        Assert.Equal(new GroupTotals(1, 1, 7, 49), worth.Figures.Control);
        Assert.Equal((5, 4, 1, false), (worth.Entered, worth.Over, worth.StillOpen, worth.IsClosed));
        Assert.DoesNotContain("Welch", Proof.Formula(worth));
    }

    [Fact]
    public async Task A_strong_effect_is_so_far_until_the_campaign_has_ended_as_planned_and_then_proven()
    {
        var live = await DecidedAsync(Decisions("W"), TriggeredCampaignState.Live);
        const string Strong = "select 'W' || n, timestamptz '2026-05-18 12:00Z', 100 + n % 7 from generate_series(1, 1000) n where n <= 600 or n between 901 and 910";
        await house.BoughtAsync(Strong);
        var soFar = (await MeasureAsync(live)).Verdict;
        Assert.Equal((VerdictKind.NotProven, true), (soFar.Kind, soFar.SoFar));
        Assert.StartsWith("So far this campaign earned €", soFar.Sentence);
        Assert.EndsWith("The verdict comes only where a last day is set and kept to: a campaign that is ended at a good moment looks better than it is.", soFar.Sentence);
        live.EndsOn = new(2026, 5, 20);
        Assert.EndsWith("The verdict comes when everybody's 7 days after the last day, 20 May, are over.", (await MeasureAsync(live)).Verdict.Sentence);
        // Ended by a person before its last day: chosen by what was seen.
        (live.State, live.StateAt) = (TriggeredCampaignState.Ended, new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero));
        Assert.True((await MeasureAsync(live)).Verdict.SoFar);
        EndAsPlanned(live);
        var ended = (await MeasureAsync(live)).Verdict;
        Assert.Equal((VerdictKind.Proven, false), (ended.Kind, ended.SoFar));
        Assert.StartsWith("This campaign earned €", ended.Sentence);
    }

    [Fact]
    public async Task A_group_that_came_out_wrong_or_lost_people_gives_no_verdict()
    {
        var wrong = await DecidedAsync(Decisions("D", "n > 700"));
        await house.ImportedAsync(MeasuringHouse.First);
        var judged = await MeasureAsync(wrong);
        Assert.Equal((VerdictKind.NoVerdict, true), (judged.Verdict.Kind, judged.ShownInterval is null));
        var lost = await DecidedAsync(Decisions("L"));
        await house.Database.RunAsync("delete from t1.customers where customer_id in (select 'L' || n from generate_series(901, 960) n)");
        await house.BoughtAsync("select 'L' || n, timestamptz '2026-05-18 12:00Z', n from generate_series(1, 1000) n where n % 2 = 0");
        Assert.Contains("lost more people", (await MeasureAsync(lost)).Verdict.Sentence);
    }

    [Fact]
    public async Task Nothing_is_compared_before_somebody_of_both_groups_has_no_days_left()
    {
        var campaign = await DecidedAsync($"values ('r1', 'sent', timestamptz '{Entered}'), ('r2', 'control', '2026-06-30 08:00Z')", TriggeredCampaignState.Live);
        await house.ImportedAsync(MeasuringHouse.First);
        Assert.Equal((2, 1, false), await ReadyAsync());
        campaign.ControlShare = 0;
        campaign.StateAt = campaign.StateAt!.Value.AddHours(1);
        Assert.Equal((2, 1, true), await ReadyAsync());

        async Task<(long, long, bool)> ReadyAsync()
        {
            var worth = await MeasureAsync(campaign);
            return (worth.Entered, worth.Over, worth.IsReady);
        }
    }

    [Fact]
    public async Task Days_are_not_over_before_their_purchases_are_imported()
    {
        var campaign = await DecidedAsync($"values ('t1', 'sent', timestamptz '{Entered}'), ('t2', 'control', '{Entered}')", tenant: MeasuringHouse.Second);
        Assert.Equal((0, null), ((await MeasureAsync(campaign, MeasuringHouse.Second)).Over, (await MeasureAsync(campaign, MeasuringHouse.Second)).KnownUntil));
        house.Clock.MoveTo(DateTimeOffset.Parse("2026-07-02 08:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await house.ImportedAsync(MeasuringHouse.Second);
        await house.Database.RunAsync("update import_runs set data_date = '2026-05-21' where tenant_id = 2");
        Assert.Equal((2, 0), await CountedAsync());
        await house.Database.RunAsync("update import_runs set data_date = '2026-05-22' where tenant_id = 2");
        Assert.Equal((2, 2), await CountedAsync());

        async Task<(long, long)> CountedAsync()
        {
            var worth = await MeasureAsync(campaign, MeasuringHouse.Second);
            return (worth.Entered, worth.Over);
        }
    }
}
