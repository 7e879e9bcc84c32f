using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Mail;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class ReportTests
{
    [Fact]
    public async Task There_is_no_report_before_the_campaign_is_sent()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(100));
        Assert.Equal(404, (await twin.CallAsync("GET", $"reports/{campaign}")).Status);
        await twin.CallAsync("POST", $"campaigns/{campaign}/actions/send");
        Assert.Equal(404, (await twin.CallAsync("GET", $"reports/{campaign}")).Status);
        twin.Clock.Move(twin.Account.SendingTakes);
        Assert.Equal(100, (int)(await twin.GetAsync($"reports/{campaign}"))["emails_sent"]!);
    }

    [Fact]
    public async Task Counters_only_grow_fast_at_first_and_rest_after_a_week()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.AddMembers(MailChimpTwin.List, Enumerable.Range(1000, 19_000).Select(MailChimpTwin.Address));
        var campaign = await twin.SentAsync(20_000);
        var days = new List<JsonNode>();
        for (var day = 0; day <= 9; day++)
        {
            days.Add(await twin.GetAsync($"reports/{campaign}"));
            twin.Clock.Move(TimeSpan.FromDays(1));
        }
        foreach (var counter in Counters)
            Assert.All(days.Zip(days.Skip(1)), pair => Assert.True(Count(pair.First, counter) <= Count(pair.Second, counter), counter));
        Assert.InRange(Count(days[1], "opens.unique_opens"), Count(days[7], "opens.unique_opens") * 7 / 10, Count(days[7], "opens.unique_opens") - 1);
        Assert.All(Counters, c => Assert.Equal(Count(days[8], c), Count(days[9], c)));
        Assert.All(Counters, c => Assert.True(Count(days[9], c) > 0, c));
        Assert.Equal(Count(days[1], "bounces.hard_bounces"), Count(days[7], "bounces.hard_bounces"));
        Assert.All(days, AssertConsistent);
    }

    [Fact]
    public async Task A_report_is_the_sum_of_outcomes_that_anyone_can_compute_again()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.SentAsync(997);
        twin.Clock.Move(TimeSpan.FromHours(30));
        var since = TimeSpan.FromHours(30) + twin.Account.SendingTakes;
        var outcomes = Enumerable.Range(0, 997).Select(i => Outcome.Of(campaign, MailChimpTwin.Address(i).ToUpperInvariant())).ToList();
        var report = await twin.GetAsync($"reports/{campaign}");
        Assert.Equal(outcomes.Count(o => o.OpenedAfter <= since), Count(report, "opens.unique_opens"));
        Assert.Equal(outcomes.Count(o => o.ClickedAfter <= since), Count(report, "clicks.unique_subscriber_clicks"));
        Assert.Equal(outcomes.Count(o => o.Bounce == Bounce.Soft), Count(report, "bounces.soft_bounces"));
        Assert.Equal(outcomes.Count(o => o.UnsubscribedAfter <= since), Count(report, "unsubscribed"));
        Assert.Equal(24, report["timeseries"]!.AsArray().Count);
    }

    [Fact]
    public void An_outcome_clicks_only_after_opening_and_opens_only_what_was_delivered()
    {
        var outcomes = Enumerable.Range(0, 50_000).Select(i => Outcome.Of("9f3ab27c10", MailChimpTwin.Address(i))).ToList();
        Assert.All(outcomes, o => Assert.True(o.Delivered || o.OpenedAfter is null));
        Assert.All(outcomes, o => Assert.True(o.ClickedAfter is null || o.ClickedAfter > o.OpenedAfter));
        Assert.All(outcomes, o => Assert.True(o.OpenedAfter is null || o.OpenedAfter + o.ReopenEvery * o.Reopens <= Outcome.Week));
        Assert.InRange(outcomes.Count(o => o.OpenedAfter is not null), 12_500, 14_500);
        Assert.InRange(outcomes.Count(o => o.Delivered), 48_700, 49_400);
    }

    private static readonly string[] Counters =
    [
        "emails_sent", "unsubscribed", "bounces.hard_bounces", "bounces.soft_bounces", "opens.opens_total", "opens.unique_opens",
        "clicks.clicks_total", "clicks.unique_clicks", "clicks.unique_subscriber_clicks",
    ];

    private static void AssertConsistent(JsonNode report)
    {
        Assert.True(Count(report, "opens.unique_opens") <= Count(report, "opens.opens_total"));
        Assert.True(Count(report, "clicks.unique_subscriber_clicks") <= Count(report, "clicks.unique_clicks"));
        Assert.True(Count(report, "clicks.unique_clicks") <= Count(report, "clicks.clicks_total"));
        var delivered = Count(report, "emails_sent") - Count(report, "bounces.hard_bounces") - Count(report, "bounces.soft_bounces") - Count(report, "bounces.syntax_errors");
        Assert.Equal((double)Count(report, "opens.unique_opens") / delivered, (double)report["opens"]!["open_rate"]!, 12);
        Assert.Equal((double)Count(report, "clicks.unique_subscriber_clicks") / delivered, (double)report["clicks"]!["click_rate"]!, 12);
    }

    private static int Count(JsonNode report, string path) => (int)path.Split('.').Aggregate(report, (node, name) => node[name]!);
}
