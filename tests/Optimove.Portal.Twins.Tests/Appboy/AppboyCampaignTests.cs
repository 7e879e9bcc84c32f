using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.Appboy;

public sealed class AppboyCampaignTests
{
    [Fact]
    public async Task Campaigns_come_a_hundred_a_page_from_page_0_and_end_with_an_empty_page()
    {
        await using var twin = await AppboyTwin.StartAsync();
        for (var i = 0; i < 150; i++) twin.Group.AddCampaign(new AppboyCampaign { Id = $"c{i}", Name = $"C{i}", Archived = i == 0 });
        var pages = new List<int>();
        foreach (var page in (int[])[0, 1, 2]) pages.Add((await twin.GetAsync($"campaigns/list?page={page}"))["campaigns"]!.AsArray().Count);
        Assert.Equal([100, 51, 0], pages);
        Assert.Equal(52, (await twin.GetAsync("campaigns/list?page=1&include_archived=true"))["campaigns"]!.AsArray().Count);
    }

    [Fact]
    public async Task Details_hold_the_variations_by_their_ids_the_control_included()
    {
        await using var twin = await AppboyTwin.StartAsync();
        var details = await twin.GetAsync("campaigns/details?campaign_id=all");
        var messages = details["messages"]!.AsObject();
        Assert.Equal(["android_push", "ios_push"], messages.Where(m => m.Value!["type"] is null).Select(m => (string)m.Value!["channel"]!).Order());
        Assert.Equal("control", (string?)messages.Single(m => m.Key.EndsWith("control", StringComparison.Ordinal)).Value!["type"]);
        Assert.Equal(("api_triggered", false, false, true), ((string?)details["schedule_type"], (bool)details["draft"]!, (bool)details["archived"]!, (bool)details["enabled"]!));
    }

    [Theory]
    [InlineData("GET", "campaigns/details?campaign_id=none")]
    [InlineData("GET", "campaigns/details?campaign_id=club")]
    [InlineData("GET", "campaigns/data_series?campaign_id=none&length=1")]
    [InlineData("GET", "campaigns/data_series?campaign_id=all&length=101")]
    public async Task An_unknown_campaign_and_one_of_another_app_group_are_a_400_with_a_message(string method, string path)
    {
        await using var twin = await AppboyTwin.StartAsync();
        var (status, body) = await twin.CallAsync(method, path);
        Assert.Equal(400, status);
        Assert.NotEmpty((string)body!["message"]!);
    }

    [Fact]
    public async Task Figures_have_a_row_for_each_day_empty_ones_included_and_sends_of_a_day_add_up()
    {
        await using var twin = await AppboyTwin.StartAsync();
        await twin.SendAsync("all", AppboyTwin.Users(50), "opt-1");
        await twin.SendAsync("all", AppboyTwin.Users(50), "opt-2");
        await twin.SendAsync("all", [AppboyTwin.User(210)], "opt-2");
        twin.Clock.Move(TimeSpan.FromHours(1));
        var rows = (await twin.GetAsync("campaigns/data_series?campaign_id=all&length=3"))["data"]!.AsArray();
        Assert.Equal(["2026-02-27", "2026-02-28", "2026-03-01"], rows.Select(r => (string)r!["time"]!));
        Assert.Equal([0, 0, 100], rows.Select(r => (int)r!["messages"]!["ios_push"]![0]!["sent"]!));
        Assert.Equal((1, 51), ((int)rows[2]!["messages"]!["android_push"]![0]!["sent"]!, (int)rows[2]!["unique_recipients"]!));
        Assert.Null((await twin.GetAsync("campaigns/data_series?campaign_id=ios&length=1"))["data"]![0]!["messages"]!["android_push"]);
    }

    [Fact]
    public async Task A_days_figures_grow_until_it_is_over_and_a_little_longer_and_then_rest()
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Clock.Move(TimeSpan.FromHours(4));
        twin.Group.AddUsers(Enumerable.Range(1000, 2000).Select(AppboyTwin.User));
        foreach (var chunk in Enumerable.Range(1000, 2000).Select(AppboyTwin.User).Chunk(50)) await twin.SendAsync("all", chunk);
        var opens = new List<int>();
        foreach (var hours in (double[])[0.5, 2, 9.5, 0.2, 6, 30])
        {
            twin.Clock.Move(TimeSpan.FromHours(hours));
            opens.Add((int)(await twin.GetAsync("campaigns/data_series?campaign_id=all&length=1&ending_at=2026-03-01T23:00:00Z"))["data"]![0]!["messages"]!["ios_push"]![0]!["total_opens"]!);
        }
        Assert.Equal(opens.Order(), opens);
        Assert.True(opens[0] < opens[1] && opens[1] < opens[2] && opens[2] < opens[4], string.Join(' ', opens));
        Assert.Equal(opens[4], opens[5]);
    }
}
