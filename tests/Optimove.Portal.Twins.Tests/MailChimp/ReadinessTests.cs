using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class ReadinessTests
{
    private const string Soon = "2026-03-01T09:00:00+00:00";

    [Theory]
    [InlineData("2026-03-01T09:05:00+00:00")]
    [InlineData("2026-03-01T09:15:30+00:00")]
    [InlineData("2026-03-01T07:45:00+00:00")]
    [InlineData("2026-03-01T09:45:00+03:00")]
    public async Task A_time_off_the_quarter_hour_or_in_the_past_is_refused(string time)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        var (status, problem) = await twin.ScheduleAsync(campaign, time);
        Assert.Equal((400, "Bad Request"), (status, (string?)problem!["title"]));
        Assert.Equal("save", (string?)(await twin.GetAsync($"campaigns/{campaign}"))["status"]);
    }

    [Fact]
    public async Task A_schedule_without_a_readable_time_is_refused_by_field()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        Assert.Equal("schedule_time", (string?)(await twin.CallAsync("POST", $"campaigns/{campaign}/actions/schedule", new { })).Body!["errors"]![0]!["field"]);
        Assert.Equal("schedule_time", (string?)(await twin.ScheduleAsync(campaign, "tonight")).Body!["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("", "news@shop.example", 5, "subject")]
    [InlineData("Spring", "", 5, "reply-to")]
    [InlineData("Spring", "news@new.example", 5, "not verified")]
    [InlineData("Spring", "news@elsewhere.example", 5, "not verified")]
    [InlineData("Spring", "news@shop.example", 0, "no recipients")]
    public async Task What_is_missing_refuses_without_a_reason_and_the_checklist_has_the_reason(string subject, string replyTo, int members, string reason)
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var (_, made) = await twin.CallAsync("POST", "campaigns", MailChimpTwin.Order(await twin.SegmentAsync(members), subject: subject, replyTo: replyTo));
        var campaign = (string)made!["id"]!;
        await AssertNotReadyAsync(twin, campaign, reason);
    }

    [Fact]
    public async Task A_campaign_without_a_from_name_is_not_ready()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        await twin.CallAsync("PATCH", $"campaigns/{campaign}", new { settings = new { from_name = "" } });
        await AssertNotReadyAsync(twin, campaign, "from name");
    }

    [Fact]
    public async Task A_campaign_is_not_ready_while_its_segment_is_processed()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        var campaign = await twin.CampaignAsync(segment);
        await twin.CallAsync("POST", $"lists/{MailChimpTwin.List}/segments/{segment}", new { members_to_add = new[] { MailChimpTwin.Address(6) } });
        await AssertNotReadyAsync(twin, campaign, "processed");
        Assert.Equal(5, (int)(await twin.GetAsync($"campaigns/{campaign}"))["recipients"]!["recipient_count"]!);
        twin.Clock.Move(twin.Account.SegmentDelay);
        Assert.True((bool)(await twin.GetAsync($"campaigns/{campaign}/send-checklist"))["is_ready"]!);
        Assert.Equal(204, (await twin.ScheduleAsync(campaign, Soon)).Status);
    }

    [Fact]
    public async Task A_campaign_that_is_scheduled_cannot_be_scheduled_again()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        Assert.Equal(204, (await twin.ScheduleAsync(campaign, Soon)).Status);
        Assert.Equal(400, (await twin.ScheduleAsync(campaign, Soon)).Status);
    }

    [Fact]
    public async Task A_plan_without_scheduling_refuses_it()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        twin.Account.CanSchedule = false;
        Assert.Equal(403, (await twin.ScheduleAsync(await twin.CampaignAsync(await twin.SegmentAsync(5)), Soon)).Status);
    }

    private static async Task AssertNotReadyAsync(MailChimpTwin twin, string campaign, string reason)
    {
        foreach (var (status, problem) in new[] { await twin.ScheduleAsync(campaign, Soon), await twin.CallAsync("POST", $"campaigns/{campaign}/actions/send") })
        {
            Assert.Equal((400, "Bad Request"), (status, (string?)problem!["title"]));
            Assert.DoesNotContain(reason, (string?)problem["detail"]);
        }
        var checklist = await twin.GetAsync($"campaigns/{campaign}/send-checklist");
        Assert.False((bool)checklist["is_ready"]!);
        var error = Assert.Single(checklist["items"]!.AsArray(), i => (string?)i!["type"] == "error");
        Assert.Contains(reason, (string?)error!["details"]);
    }
}
