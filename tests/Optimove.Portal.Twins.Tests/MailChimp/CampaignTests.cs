using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class CampaignTests
{
    [Fact]
    public async Task A_campaign_goes_from_save_over_schedule_and_sending_to_sent()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(600));
        Assert.Equal("save", await StatusAsync(twin, campaign));
        Assert.Equal((204, null), await twin.ScheduleAsync(campaign, "2026-03-01T08:15:00+00:00"));
        Assert.Equal("schedule", await StatusAsync(twin, campaign));
        twin.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.Equal("sending", await StatusAsync(twin, campaign));
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        var sent = await twin.GetAsync($"campaigns/{campaign}");
        Assert.Equal(("sent", 600, "2026-03-01T08:15:00+00:00"), ((string?)sent["status"], (int)sent["emails_sent"]!, (string?)sent["send_time"]));
    }

    [Fact]
    public async Task Only_subscribed_members_are_mailed()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.SentAsync(1000);
        Assert.Equal(997, (int)(await twin.GetAsync($"campaigns/{campaign}"))["emails_sent"]!);
        Assert.DoesNotContain(MailChimpTwin.Address(998), twin.Account.RecipientsOf(campaign));
    }

    [Fact]
    public async Task A_scheduled_campaign_can_be_unscheduled_until_it_starts_and_then_changed_and_deleted()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(5));
        Assert.Equal(400, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/unschedule")).Status);
        await twin.ScheduleAsync(campaign, "2026-03-01T08:15:00Z");
        Assert.Equal(400, (await twin.CallAsync("PATCH", $"campaigns/{campaign}", new { settings = new { subject_line = "Later" } })).Status);
        Assert.Equal(204, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/unschedule")).Status);
        var (_, changed) = await twin.CallAsync("PATCH", $"campaigns/{campaign}", new { settings = new { subject_line = "Later" } });
        Assert.Equal(("save", "Later", "opt-1"), ((string?)changed!["status"], (string?)changed["settings"]!["subject_line"], (string?)changed["settings"]!["title"]));
        Assert.Equal(204, (await twin.CallAsync("DELETE", $"campaigns/{campaign}")).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", $"campaigns/{campaign}")).Status);
    }

    [Fact]
    public async Task A_sending_campaign_can_be_neither_unscheduled_nor_deleted_and_stopped_only_where_the_plan_has_it()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.SegmentAsync(900));
        Assert.Equal(400, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/cancel-send")).Status);
        await twin.CallAsync("POST", $"campaigns/{campaign}/actions/send");
        twin.Clock.Move(twin.Account.SendingTakes / 2);
        Assert.Equal(400, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/unschedule")).Status);
        Assert.Equal(400, (await twin.CallAsync("DELETE", $"campaigns/{campaign}")).Status);
        twin.Account.CanCancelSend = false;
        Assert.Equal(403, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/cancel-send")).Status);
        twin.Account.CanCancelSend = true;
        Assert.Equal(204, (await twin.CallAsync("POST", $"campaigns/{campaign}/actions/cancel-send")).Status);
        Assert.Equal("canceling", await StatusAsync(twin, campaign));
        twin.Clock.Move(twin.Account.SendingTakes);
        Assert.Equal("canceled", await StatusAsync(twin, campaign));
        Assert.InRange((int)(await twin.GetAsync($"reports/{campaign}"))["emails_sent"]!, 350, 550);
    }

    [Fact]
    public async Task Whoever_unsubscribes_or_bounces_hard_is_not_mailed_again()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var first = await twin.SentAsync(997, "first");
        twin.Clock.Move(TimeSpan.FromDays(8));
        var lost = twin.Account.FiguresOf(first)!;
        Assert.True(lost.Unsubscribed + lost.HardBounces > 0);
        var second = await twin.SentAsync(997, "second");
        Assert.Equal(997 - lost.Unsubscribed - lost.HardBounces, (int)(await twin.GetAsync($"campaigns/{second}"))["emails_sent"]!);
        Assert.All(twin.Account.RecipientsOf(second), a => Assert.Equal(MemberStatus.Subscribed, twin.Account.StatusOf(MailChimpTwin.List, a)));
    }

    [Fact]
    public async Task Campaigns_are_found_by_list_and_by_the_time_after_which_they_were_made_newest_first()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        var since = twin.Clock.GetUtcNow();
        for (var i = 0; i < 12; i++)
        {
            await twin.CampaignAsync(segment, $"opt-{i}");
            twin.Clock.Move(TimeSpan.FromMinutes(1));
        }
        var query = $"campaigns?list_id={MailChimpTwin.List}&since_create_time={since.UtcDateTime:yyyy-MM-ddTHH:mm:ss}%2B00:00&sort_field=create_time&sort_dir=DESC";
        var found = await twin.GetAsync(query);
        Assert.Equal(11, (int)found["total_items"]!);
        Assert.Equal(Enumerable.Range(2, 10).Reverse().Select(i => $"opt-{i}"), found["campaigns"]!.AsArray().Select(c => (string)c!["settings"]!["title"]!));
        Assert.Equal(["opt-1"], (await twin.GetAsync(query + "&offset=10"))["campaigns"]!.AsArray().Select(c => (string)c!["settings"]!["title"]!));
        Assert.Equal(0, (int)(await twin.GetAsync("campaigns?list_id=other"))["total_items"]!);
    }

    [Fact]
    public async Task A_segment_without_match_is_ignored_so_that_the_whole_list_is_addressed()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        var order = new { type = "regular", recipients = new { list_id = MailChimpTwin.List, segment_opts = new { saved_segment_id = segment } } };
        Assert.Equal(997, (int)(await twin.CallAsync("POST", "campaigns", order)).Body!["recipients"]!["recipient_count"]!);
        twin.Account.SegmentNeedsMatch = false;
        Assert.Equal(5, (int)(await twin.CallAsync("POST", "campaigns", order)).Body!["recipients"]!["recipient_count"]!);
    }

    [Fact]
    public async Task A_string_where_an_integer_belongs_is_refused_by_field()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var (status, problem) = await twin.CallAsync("POST", "campaigns", new
        {
            type = "regular",
            recipients = new { list_id = 17, segment_opts = new { saved_segment_id = "41201", match = "any" } },
            settings = new { template_id = "10001" },
        });
        Assert.Equal((400, "Invalid Resource"), (status, (string?)problem!["title"]));
        Assert.Equal(
            ["recipients.list_id", "recipients.segment_opts.saved_segment_id", "settings.template_id"],
            problem["errors"]!.AsArray().Select(e => (string)e!["field"]!).Distinct().Order());
    }

    [Fact]
    public async Task A_campaign_on_an_unknown_type_list_segment_or_template_is_refused()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        Assert.Equal(400, (await twin.CallAsync("POST", "campaigns", new { type = "letter" })).Status);
        Assert.Equal(400, (await twin.CallAsync("POST", "campaigns", new { type = "regular", recipients = new { list_id = "unknown" } })).Status);
        Assert.Equal(400, (await twin.CallAsync("POST", "campaigns", MailChimpTwin.Order(segment + 1))).Status);
        Assert.Equal(400, (await twin.CallAsync("POST", "campaigns", MailChimpTwin.Order(segment, template: 99))).Status);
    }

    [Fact]
    public async Task A_segment_of_a_scheduled_campaign_cannot_be_deleted()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var segment = await twin.SegmentAsync(5);
        var campaign = await twin.CampaignAsync(segment);
        await twin.ScheduleAsync(campaign, "2026-03-01T08:15:00Z");
        Assert.Equal(400, (await twin.CallAsync("DELETE", $"lists/{MailChimpTwin.List}/segments/{segment}")).Status);
        twin.Clock.Move(TimeSpan.FromHours(1));
        Assert.Equal(204, (await twin.CallAsync("DELETE", $"lists/{MailChimpTwin.List}/segments/{segment}")).Status);
    }

    private static async Task<string?> StatusAsync(MailChimpTwin twin, string campaign) => (string?)(await twin.GetAsync($"campaigns/{campaign}"))["status"];
}
