using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Appboy.Observed;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.Appboy;

public sealed class AppboyObservationTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task What_was_received_and_delivered_is_shown_and_whoever_got_an_order_twice_is_named()
    {
        await using var twin = await AppboyTwin.StartAsync();
        await twin.SendAsync("all", AppboyTwin.Users(20));
        await twin.SendAsync("all", AppboyTwin.Users(2));
        await twin.ScheduleAsync("all", AppboyTwin.Users(5), "2026-03-01T10:00:00Z", "opt-2");
        var state = await twin.GetAsync("twin/state");
        var shop = state["groups"]!.AsArray().Single(g => (string?)g!["id"] == AppboyTwin.Shop)!;
        Assert.Equal((3, 22, 1), ((int)state["callsReceived"]!, (int)shop["messages"]!, (int)shop["waiting"]!));
        Assert.Equal(["U0", "U1"], shop["duplicates"]!.AsArray().Select(u => (string)u!).Order());
        Assert.Equal(("Scheduled", 5), ((string?)shop["pushes"]![0]!["status"], (int)shop["pushes"]![0]!["recipients"]!));
        Assert.Equal("POST /campaigns/trigger/send", (string?)state["calls"]![2]!["endpoint"]);
        Assert.Equal((22, 20), await CountAsync(twin, "?order=opt-1"));
        Assert.Equal((0, 0), await CountAsync(twin, "?order=opt-2"));
        Assert.Equal((5, 5), await CountAsync(twin, "?order=opt-2&scheduled=true"));
    }

    [Fact]
    public async Task Faults_are_set_and_cleared_over_http()
    {
        await using var twin = await AppboyTwin.StartAsync();
        using var set = await twin.Http.PostAsJsonAsync("twin/faults", new { kind = "serverError", endpoint = "GET /campaigns/list", times = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal([new Fault(FaultKind.ServerError) { Endpoint = "GET /campaigns/list", Times = 1 }], twin.Account.Faults.Current);
        foreach (var status in (int[])[500, 200]) Assert.Equal(status, (await twin.CallAsync("GET", "campaigns/list")).Status);
        using var wrong = await twin.Http.PostAsJsonAsync("twin/faults", new { kind = "earthquake" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var cleared = await twin.Http.DeleteAsync("twin/faults", TestContext.Current.CancellationToken);
        Assert.Empty(twin.Account.Faults.Current);
    }

    [Fact]
    public async Task A_loaded_account_goes_on_where_the_saved_one_stopped()
    {
        await using var twin = await AppboyTwin.StartAsync();
        twin.Group.HourlyLimit = 1234;
        twin.Group.Denied.Add("campaigns.trigger.send");
        await twin.ScheduleAsync("ios", AppboyTwin.Users(10), "2026-03-01T09:00:00Z");
        twin.Clock.Move(TimeSpan.FromHours(2));
        await twin.ScheduleAsync("ios", AppboyTwin.Users(20), "2026-03-01T12:00:00Z", "opt-2");
        await twin.World.SaveAsync(_path, TestContext.Current.CancellationToken);

        var loaded = new TwinWorld(twin.Clock);
        Assert.True(await loaded.LoadAsync(_path, TestContext.Current.CancellationToken));
        AssertSame();
        twin.Clock.Move(TimeSpan.FromHours(6));
        AssertSame();
        Assert.Equal((10, 10), (loaded.Appboy("demo").Group(AppboyTwin.Shop).Deliveries("opt-1").Count, loaded.Appboy("demo").Group(AppboyTwin.Shop).Deliveries("opt-2").Count));
        Assert.Equal((1234, AppboyTwin.Key), (loaded.Appboy("demo").Group(AppboyTwin.Shop).HourlyLimit, loaded.Appboy("demo").Group(AppboyTwin.Shop).RestKey));
        Assert.Equal(["campaigns.trigger.send"], loaded.Appboy("demo").Group(AppboyTwin.Shop).Denied);

        void AssertSame() => Assert.Equal(JsonSerializer.Serialize(AppboyState.Of(twin.Account).Groups), JsonSerializer.Serialize(AppboyState.Of(loaded.Appboy("demo")).Groups));
    }

    private static async Task<(int Messages, int Recipients)> CountAsync(AppboyTwin twin, string query)
    {
        JsonNode deliveries = await twin.GetAsync("twin/deliveries" + query);
        return ((int)deliveries["messages"]!, (int)deliveries["recipients"]!);
    }

    public void Dispose() => File.Delete(_path);
}
