using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Cheetah;

public sealed class CheetahCampaignTests
{
    [Fact]
    public async Task A_campaign_is_drafted_launched_calculated_approved_scheduled_sending_and_sent()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.ImportedAsync(10));
        Assert.Equal("DRAFT", await twin.StatusOfAsync(campaign));
        await twin.ActAsync(campaign, "LAUNCH");
        Assert.Equal("CALCULATING", await twin.StatusOfAsync(campaign));
        Assert.Equal(400, (await twin.ActAsync(campaign, "APPROVE")).Status);
        twin.Clock.Move(twin.Account.Switches.CalculationTakes);
        var waiting = await twin.GetAsync($"EmailCampaign?id={campaign}");
        Assert.Equal(("WAITING_FOR_APPROVAL", true), ((string?)waiting["status"], (bool)waiting["campReviewFlags"]!["sendingFlag"]!));
        await twin.ActAsync(campaign, "APPROVE");
        Assert.Equal("SCHEDULED", await twin.StatusOfAsync(campaign));
        twin.Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(("SENDING", 10), (await twin.StatusOfAsync(campaign), twin.Account.Deliveries("opt-1").Count));
        twin.Clock.Move(twin.Account.Switches.SendingTakes);
        Assert.Equal("SENT", await twin.StatusOfAsync(campaign));
    }

    [Fact]
    public async Task A_second_launch_is_refused_because_it_was_launched_already()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.ImportedAsync(10));
        await twin.ActAsync(campaign, "LAUNCH");
        var (status, body) = await twin.ActAsync(campaign, "LAUNCH");
        Assert.Equal(400, status);
        Assert.Contains("launched already", (string)body!["message"]!);
    }

    [Fact]
    public async Task A_campaign_that_was_launched_and_not_approved_never_goes_out()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.CampaignAsync(await twin.ImportedAsync(10));
        await twin.ActAsync(campaign, "LAUNCH");
        twin.Clock.Move(TimeSpan.FromDays(3));
        await twin.SignInAsync();
        Assert.Equal("WAITING_FOR_APPROVAL", await twin.StatusOfAsync(campaign));
        Assert.Empty(twin.Account.Deliveries());
    }

    [Fact]
    public async Task A_campaign_without_an_audience_goes_to_the_whole_table()
    {
        await using var twin = await CheetahTwin.StartAsync();
        await twin.ApprovedAsync(import: null);
        twin.Clock.Move(TimeSpan.FromHours(3));
        Assert.Equal(1000, twin.Account.Deliveries("opt-1").Count);
    }

    [Fact]
    public async Task A_launch_before_the_import_is_done_is_refused()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var (_, made) = await twin.ImportAsync("CUSTOMER_ID\nC-1\n");
        var campaign = await twin.CampaignAsync((long)made!["import_id"]!);
        Assert.Equal(400, (await twin.ActAsync(campaign, "LAUNCH")).Status);
    }

    [Theory]
    [InlineData("2026-03-05T10:00:00", "GMT_Standard_Time", "2026-03-05T10:00:00Z")]
    [InlineData("2026-03-05T10:00:00", "Central_Standard_Time", "2026-03-05T16:00:00Z")]
    [InlineData("2026-03-08T01:59:00", "Central_Standard_Time", "2026-03-08T07:59:00Z")]
    [InlineData("2026-03-08T03:00:00", "Central_Standard_Time", "2026-03-08T08:00:00Z")]
    [InlineData("2026-11-01T00:59:00", "Central_Standard_Time", "2026-11-01T05:59:00Z")]
    [InlineData("2026-11-01T02:00:00", "Central_Standard_Time", "2026-11-01T08:00:00Z")]
    public async Task A_time_is_local_to_the_Windows_zone_that_is_named(string start, string zone, string instant)
    {
        await using var twin = await CheetahTwin.StartAsync();
        await twin.CampaignAsync(await twin.ImportedAsync(1), start: start, zone: zone);
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), twin.Account.Observe().Campaigns[0].SendAt);
    }

    [Theory]
    [InlineData("2026-03-05T10:00:00", "Europe/Paris")]
    [InlineData("2026-03-05T10:00:00", "GMT Standard Time")]
    [InlineData("2026-03-05T10:00:00Z", "GMT_Standard_Time")]
    public async Task An_unknown_zone_and_a_time_with_an_offset_are_refused(string start, string zone)
    {
        await using var twin = await CheetahTwin.StartAsync();
        Assert.Equal(400, (await twin.CallAsync("POST", "EmailCampaign", CheetahTwin.Campaign(await twin.ImportedAsync(1), start: start, zone: zone))).Status);
    }

    [Fact]
    public async Task A_launched_campaign_is_deleted_only_when_it_is_paused_and_where_the_account_keeps_it_not_even_then()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.ApprovedAsync(await twin.ImportedAsync(10));
        var path = $"EmailCampaign?id={campaign}";
        Assert.Equal(400, (await twin.CallAsync("DELETE", path)).Status);
        await twin.ActAsync(campaign, "PAUSE");
        twin.Account.Switches = twin.Account.Switches with { KeepsLaunched = true };
        Assert.Equal(400, (await twin.CallAsync("DELETE", path)).Status);
        twin.Account.Switches = twin.Account.Switches with { KeepsLaunched = false };
        Assert.Equal(200, (await twin.CallAsync("DELETE", path)).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", path)).Status);
    }

    [Fact]
    public async Task A_paused_campaign_does_not_go_out_until_it_is_resumed()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.ApprovedAsync(await twin.ImportedAsync(10));
        await twin.ActAsync(campaign, "PAUSE");
        twin.Clock.Move(TimeSpan.FromHours(3));
        Assert.Empty(twin.Account.Deliveries());
        await twin.ActAsync(campaign, "RESUME");
        Assert.Equal(10, twin.Account.Deliveries("opt-1").Count);
    }

    [Fact]
    public async Task A_draft_can_be_changed_and_a_launched_campaign_cannot()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var import = await twin.ImportedAsync(10);
        var campaign = await twin.CampaignAsync(import);
        var change = new { campAction = "CHANGE", campName = "opt-1", custId = 4410, channelTypeId = "EMAIL", typeId = "REGULAR", loadAndSendImportId = import, campParam = new { sendSchedule = new { startTime = "2026-03-02T09:00:00", timeZone = "GMT_Standard_Time" } } };
        Assert.Equal(200, (await twin.CallAsync("PUT", $"EmailCampaign?id={campaign}", change)).Status);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), twin.Account.Observe().Campaigns[0].SendAt);
        await twin.ActAsync(campaign, "LAUNCH");
        Assert.Equal(400, (await twin.CallAsync("PUT", $"EmailCampaign?id={campaign}", change)).Status);
    }
}
