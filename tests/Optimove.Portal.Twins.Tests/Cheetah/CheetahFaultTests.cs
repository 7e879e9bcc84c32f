using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.Cheetah;

public sealed class CheetahFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /api/Import")]
    [InlineData("POST /api/EmailCampaign")]
    [InlineData("PUT /api/EmailCampaign LAUNCH")]
    [InlineData("PUT /api/EmailCampaign APPROVE")]
    public async Task Import_campaign_launch_and_approval_can_take_effect_without_an_answer(string endpoint)
    {
        await using var twin = await CheetahTwin.StartAsync();
        twin.Account.Faults.Set(new Fault(FaultKind.AnswerLost) { Endpoint = endpoint, Times = 1 });
        var import = await LostAsync(() => twin.ImportedAsync(5)) ?? twin.Account.Observe().Imports[0].Id;
        twin.Clock.Move(TimeSpan.FromSeconds(5));
        var campaign = await LostAsync(() => twin.CampaignAsync(import)) ?? twin.Account.Observe().Campaigns[0].Id;
        await LostAsync(async () => (await twin.ActAsync(campaign, "LAUNCH")).Status);
        twin.Clock.Move(TimeSpan.FromSeconds(5));
        await LostAsync(async () => (await twin.ActAsync(campaign, "APPROVE")).Status);
        Assert.Equal("SCHEDULED", await twin.StatusOfAsync(campaign));
        Assert.Equal(endpoint, Assert.Single(twin.Account.Log.Recent(), c => c.Status == 0).Endpoint);
    }

    [Fact]
    public async Task Switches_and_faults_are_set_over_http_and_the_state_shows_what_was_received()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var campaign = await twin.ApprovedAsync(await twin.ImportedAsync(7));
        using var set = await twin.Http.PostAsJsonAsync("twin/faults", new { kind = "tooManyRequests", endpoint = "GET /api/Table", times = 1 }, Stop);
        foreach (var status in (int[])[429, 200]) Assert.Equal(status, (await twin.CallAsync("GET", "Table")).Status);
        using var off = await twin.Http.PutAsJsonAsync("twin/switches", new { whitelisted = false }, Stop);
        Assert.Equal(403, (await twin.CallAsync("GET", "Table")).Status);
        using var wrong = await twin.Http.PostAsJsonAsync("twin/faults", new { kind = "earthquake" }, Stop);
        Assert.Equal(400, (int)wrong.StatusCode);
        var state = JsonNode.Parse(await twin.Http.GetStringAsync("twin/state?calls=1000", Stop))!;
        Assert.Equal((campaign, "Scheduled", 7), ((long)state["campaigns"]![0]!["id"]!, (string?)state["campaigns"]![0]!["status"], (int)state["campaigns"]![0]!["audience"]!));
        Assert.Equal(1, state["calls"]!.AsArray().Count(c => (string?)c!["endpoint"] == "PUT /api/EmailCampaign APPROVE"));
        Assert.Equal(7, (int)JsonNode.Parse(await twin.Http.GetStringAsync("twin/deliveries?title=opt-1&scheduled=true", Stop))!["mails"]!);
    }

    [Fact]
    public async Task Whoever_is_mailed_twice_under_one_name_is_counted()
    {
        await using var twin = await CheetahTwin.StartAsync();
        var first = await twin.ApprovedAsync(await twin.ImportedAsync(10, "list-1"));
        twin.Clock.Move(TimeSpan.FromHours(3));
        twin.Account.DeleteCampaign(first);
        await twin.ApprovedAsync(await twin.ImportedAsync(4, "list-2"));
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal((4, 10), (twin.Account.Observe().Duplicates, twin.Account.Deliveries("opt-1").Count));
    }

    [Fact]
    public async Task A_loaded_world_goes_on_where_the_saved_one_stopped()
    {
        await using var twin = await CheetahTwin.StartAsync();
        twin.Account.AddTemplate(CheetahTwin.Folder, "Spring", "<p>Spring</p>");
        twin.Account.Switches = twin.Account.Switches with { KeepsLaunched = true };
        var campaign = await twin.ApprovedAsync(await twin.ImportedAsync(300));
        var path = Path.GetTempFileName();
        await twin.World.SaveAsync(path, Stop);
        var loaded = new TwinWorld(twin.Clock);
        Assert.True(await loaded.LoadAsync(path, Stop));
        File.Delete(path);
        twin.Clock.Move(TimeSpan.FromDays(6));
        var (one, other) = (twin.Account.Observe(calls: 0) with { PeakConcurrency = 0, CallsReceived = 0 }, loaded.Cheetah("demo").Observe(calls: 0) with { PeakConcurrency = 0, CallsReceived = 0 });
        Assert.Equal(JsonSerializer.Serialize(one), JsonSerializer.Serialize(other));
        Assert.Equal(JsonSerializer.Serialize(twin.Account.FiguresOf(campaign)), JsonSerializer.Serialize(loaded.Cheetah("demo").FiguresOf(campaign)));
        Assert.Equal(300, loaded.Cheetah("demo").Deliveries("opt-1").Count);
    }

    private static async Task<long?> LostAsync<T>(Func<Task<T>> act) where T : struct
    {
        try
        {
            return Convert.ToInt64(await act(), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
