using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.Appboy;

public sealed class AppboySendTests
{
    [Fact]
    public async Task Fifty_one_recipients_are_refused_and_nobody_gets_anything()
    {
        await using var twin = await AppboyTwin.StartAsync();
        Assert.Equal(400, (await twin.SendAsync("all", AppboyTwin.Users(51))).Status);
        Assert.Empty(twin.Group.Deliveries());
        Assert.Equal(201, (await twin.SendAsync("all", AppboyTwin.Users(50))).Status);
        Assert.Equal(50, twin.Group.Deliveries().Count);
    }

    [Fact]
    public async Task Recipients_and_broadcast_exclude_each_other_and_one_of_them_is_needed()
    {
        await using var twin = await AppboyTwin.StartAsync();
        foreach (var wrong in (object[])
        [
            new { campaign_id = "all" },
            new { campaign_id = "all", broadcast = true, recipients = AppboyTwin.Recipients(["U1"]) },
            new { campaign_id = "all", recipients = new[] { new { external_user_id = "U1", email = "u1@mail.test" } } },
            new { campaign_id = "all", recipients = new[] { new { name = "U1" } } },
            new { campaign_id = "none", recipients = AppboyTwin.Recipients(["U1"]) },
        ])
            Assert.Equal(400, (await twin.CallAsync("POST", "campaigns/trigger/send", wrong)).Status);
        Assert.Empty(twin.Group.Deliveries());
        Assert.Equal(201, (await twin.CallAsync("POST", "campaigns/trigger/send", new { campaign_id = "all", broadcast = true })).Status);
        Assert.Equal(300, twin.Group.Deliveries().Count);
    }

    [Fact]
    public async Task Unknown_users_those_without_push_of_another_platform_or_outside_the_segment_are_accepted_and_get_nothing()
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Group.AddCampaign(new AppboyCampaign { Id = "few", Name = "Few", Platforms = Platforms.Ios, Segment = [AppboyTwin.User(1), AppboyTwin.User(250)] });
        var (status, body) = await twin.SendAsync("few", ["stranger", "silent", AppboyTwin.User(250), AppboyTwin.User(1), AppboyTwin.User(2)]);
        Assert.Equal((201, "success"), (status, (string?)body!["message"]));
        Assert.Equal([AppboyTwin.User(1)], twin.Group.Deliveries().Keys);
    }

    [Fact]
    public async Task Who_got_a_campaign_is_skipped_silently_unless_it_makes_people_eligible_again()
    {
        await using var twin = await AppboyTwin.StartAsync();
        foreach (var order in (string[])["opt-1", "opt-2"])
            foreach (var campaign in (string[])["ios", "all"])
                Assert.Equal(201, (await twin.SendAsync(campaign, ["U1"], order)).Status);
        Assert.Equal((2, 1), (twin.Group.Deliveries("opt-1")["U1"], twin.Group.Deliveries("opt-2")["U1"]));
    }

    [Fact]
    public async Task A_schedule_goes_out_at_its_time_and_not_when_it_was_deleted_before()
    {
        await using var twin = await AppboyTwin.StartAsync();
        await twin.ScheduleAsync("all", AppboyTwin.Users(10), "2026-03-01T10:00:00Z");
        var deleted = await twin.ScheduleAsync("all", AppboyTwin.Users(20), "2026-03-01T10:00:00Z", "opt-2");
        var moved = await twin.ScheduleAsync("all", AppboyTwin.Users(30), "2026-03-01T10:00:00Z", "opt-3");
        Assert.Equal(201, (await twin.DeleteAsync("all", deleted)).Status);
        Assert.Equal(400, (await twin.DeleteAsync("all", deleted)).Status);
        Assert.Equal(201, (await twin.CallAsync("POST", "campaigns/trigger/schedule/update", new { campaign_id = "all", schedule_id = moved, schedule = new { time = "2026-03-01T12:00:00Z" } })).Status);
        Assert.Empty(twin.Group.Deliveries());
        twin.Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal((10, 0, 0), (twin.Group.Deliveries("opt-1").Count, twin.Group.Deliveries("opt-2").Count, twin.Group.Deliveries("opt-3").Count));
        twin.Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(30, twin.Group.Deliveries("opt-3").Count);
        Assert.Equal(400, (await twin.DeleteAsync("all", moved)).Status);
    }

    [Fact]
    public async Task A_schedule_deleted_in_the_last_minutes_reaches_a_part_of_its_people()
    {
        await using var twin = await AppboyTwin.StartAsync();
        var schedule = await twin.ScheduleAsync("all", AppboyTwin.Users(50), "2026-03-01T08:01:00Z");
        Assert.Equal(201, (await twin.DeleteAsync("all", schedule)).Status);
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.InRange(twin.Group.Deliveries().Count, 1, 49);
    }

    [Theory]
    [InlineData("2026-03-01T07:59:00Z")]
    [InlineData("2026-03-01T07:59:00")]
    [InlineData("tomorrow")]
    public async Task A_time_that_has_passed_or_cannot_be_read_is_refused(string time)
    {
        await using var twin = await AppboyTwin.StartAsync();
        var body = new { campaign_id = "all", recipients = AppboyTwin.Recipients(["U1"]), schedule = new { time, in_local_time = !time.EndsWith('Z') } };
        Assert.Equal(400, (await twin.CallAsync("POST", "campaigns/trigger/schedule/create", body)).Status);
    }

    [Fact]
    public async Task A_campaign_that_is_stopped_takes_no_call_and_what_was_scheduled_with_it_reaches_nobody()
    {
        await using var twin = await AppboyTwin.StartAsync();
        var campaign = twin.Group.AddCampaign(new AppboyCampaign { Id = "short", Name = "Short" });
        await twin.ScheduleAsync("short", AppboyTwin.Users(10), "2026-03-01T10:00:00Z");
        campaign.Enabled = false;
        Assert.Equal(400, (await twin.SendAsync("short", ["U1"])).Status);
        twin.Clock.Move(TimeSpan.FromHours(2));
        Assert.Empty(twin.Group.Deliveries());
    }

    [Theory]
    [InlineData("campaigns/trigger/send", FaultKind.AnswerLost, 10)]
    [InlineData("campaigns/trigger/schedule/create", FaultKind.AnswerLost, 10)]
    [InlineData("campaigns/trigger/send", FaultKind.RequestLost, 0)]
    [InlineData("campaigns/trigger/send", FaultKind.ServerError, 0)]
    [InlineData("campaigns/trigger/schedule/create", FaultKind.Queued, 10)]
    public async Task An_answer_can_get_lost_fail_or_be_put_off_with_or_without_the_effect(string path, FaultKind kind, int reached)
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(kind) { Endpoint = $"POST /{path}", Times = 1 });
        var body = new { campaign_id = "all", recipients = AppboyTwin.Recipients(AppboyTwin.Users(10)), schedule = new { time = "2026-03-01T10:00:00Z" } };
        if (kind is FaultKind.AnswerLost or FaultKind.RequestLost) await Assert.ThrowsAsync<HttpRequestException>(() => twin.CallAsync("POST", path, body));
        else Assert.Equal(kind == FaultKind.Queued ? 202 : 500, (await twin.CallAsync("POST", path, body)).Status);
        Assert.Equal(reached, twin.Group.Deliveries(includeScheduled: true).Count);
    }
}
