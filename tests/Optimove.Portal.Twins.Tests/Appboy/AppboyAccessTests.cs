using System.Net.Http.Headers;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.Appboy;

public sealed class AppboyAccessTests
{
    [Fact]
    public async Task A_key_opens_its_own_app_group_and_an_id_one_without_a_key()
    {
        await using var twin = await AppboyTwin.StartAsync();
        Assert.Equal(["all", "ios"], (await twin.GetAsync("campaigns/list?page=0"))["campaigns"]!.AsArray().Select(c => (string)c!["id"]!).Order());
        twin.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal("club", (string?)(await twin.GetAsync($"campaigns/list?app_group_id={AppboyTwin.Club}"))["campaigns"]![0]!["id"]);
        var (status, _) = await twin.CallAsync("POST", "campaigns/trigger/send", new { app_group_id = AppboyTwin.Club, campaign_id = "club", recipients = AppboyTwin.Recipients(["x"]) });
        Assert.Equal(201, status);
    }

    [Theory]
    [InlineData("wrong", null)]
    [InlineData(null, "wrong")]
    [InlineData(null, AppboyTwin.Shop)]
    [InlineData(null, null)]
    public async Task Anything_else_is_refused_with_a_message(string? key, string? id)
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        var (status, body) = await twin.CallAsync("GET", $"campaigns/list{(id is null ? "" : $"?app_group_id={id}")}");
        Assert.Equal(401, status);
        Assert.NotEmpty((string)body!["message"]!);
    }

    [Fact]
    public async Task A_missing_permission_an_address_that_is_not_whitelisted_and_a_wrong_path_are_refused()
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Group.Denied.Add("campaigns.trigger.send");
        Assert.Equal(401, (await twin.SendAsync("all", ["U1"])).Status);
        Assert.Equal(404, (await twin.CallAsync("GET", "campaigns/nothing")).Status);
        twin.Account.Faults.Set(new Fault(FaultKind.AddressRefused));
        Assert.Equal(403, (await twin.CallAsync("GET", "campaigns/list")).Status);
    }

    [Fact]
    public async Task The_quota_is_on_every_answer_and_turns_on_the_clock_hour()
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Group.HourlyLimit = 10;
        twin.Clock.Move(TimeSpan.FromMinutes(40));
        Assert.Equal(("10", "9", "1772355600"), await QuotaAsync(twin, 200));
        twin.Group.UseCalls(8);
        Assert.Equal(("10", "0", "1772355600"), await QuotaAsync(twin, 200));
        Assert.Equal(("10", "0", "1772355600"), await QuotaAsync(twin, 429));
        Assert.Equal(200, (await twin.CallAsync("GET", "campaigns/data_series?campaign_id=all&length=1")).Status);
        twin.Clock.Move(TimeSpan.FromMinutes(20));
        Assert.Equal(("10", "9", "1772359200"), await QuotaAsync(twin, 200));
    }

    [Fact]
    public async Task Broadcasts_have_a_limit_of_their_own()
    {
        await using var twin = await AppboyTwin.StartAsync();
        for (var i = 0; i < 250; i++) Assert.Equal(201, (await BroadcastAsync()).Status);
        Assert.Equal(429, (await BroadcastAsync()).Status);
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (await BroadcastAsync()).Status);
        Task<(int Status, System.Text.Json.Nodes.JsonNode? Body)> BroadcastAsync() => twin.CallAsync("POST", "campaigns/trigger/send", new { campaign_id = "ios", broadcast = true });
    }

    private static async Task<(string, string, string)> QuotaAsync(AppboyTwin twin, int status)
    {
        using var response = await twin.RawAsync("GET", "campaigns/list");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
        return (Header("limit"), Header("remaining"), Header("reset"));
        string Header(string name) => response.Headers.GetValues($"x-ratelimit-{name}").Single();
    }
}
