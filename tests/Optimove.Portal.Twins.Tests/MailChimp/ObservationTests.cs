using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.MailChimp;

public sealed class ObservationTests
{
    [Fact]
    public async Task The_state_shows_what_was_received_and_made()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var campaign = await twin.SentAsync(600);
        var state = await TwinAsync(twin, "state?calls=1000");
        Assert.Equal(600, (int)Assert.Single(state["campaigns"]!.AsArray(), c => (string?)c!["id"] == campaign)!["recipients"]!);
        Assert.Equal(("Sent", "opt-1"), ((string?)state["campaigns"]![0]!["status"], (string?)state["segments"]![0]!["name"]));
        Assert.Equal(5, (int)state["callsReceived"]!);
        var add = state["calls"]!.AsArray().Where(c => (string?)c!["endpoint"] == "POST /lists/{list_id}/segments/{segment_id}").ToList();
        Assert.Equal(2, add.Count);
        Assert.All(add, c => Assert.Equal(("POST", 200), ((string?)c!["method"], (int)c["status"]!)));
        Assert.True((int)add[1]!["size"]! > 500 * 20);
    }

    [Fact]
    public async Task Whoever_is_mailed_twice_under_one_title_is_named()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        await twin.SentAsync(10, "opt-1");
        await twin.SentAsync(4, "opt-2");
        Assert.Empty(twin.Account.Duplicates());
        await twin.SentAsync(3, "opt-1");
        Assert.Equal(3, (int)(await TwinAsync(twin, "state"))["duplicates"]!);
        var deliveries = await TwinAsync(twin, "deliveries?title=opt-1");
        Assert.Equal((13, 10), ((int)deliveries["mails"]!, (int)deliveries["recipients"]!));
        Assert.Equal(Enumerable.Range(0, 3).Select(MailChimpTwin.Address), deliveries["moreThanOnce"]!.AsArray().Select(a => (string)a!).Order());
        Assert.Equal(17, (int)(await TwinAsync(twin, "deliveries"))["mails"]!);
    }

    [Fact]
    public async Task What_is_scheduled_counts_when_asked_for()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        await twin.ScheduleAsync(await twin.CampaignAsync(await twin.SegmentAsync(8)), "2026-03-01T08:15:00Z");
        Assert.Equal(0, (int)(await TwinAsync(twin, "deliveries?title=opt-1"))["recipients"]!);
        Assert.Equal(8, (int)(await TwinAsync(twin, "deliveries?title=opt-1&scheduled=true"))["recipients"]!);
    }

    [Fact]
    public async Task Faults_are_set_and_cleared_over_http()
    {
        await using var twin = await MailChimpTwin.StartAsync();
        var faults = new Uri(twin.Host.BaseAddress, "mailchimp/demo/twin/faults");
        using var set = await twin.Http.PostAsJsonAsync(faults, new { kind = "serverError", endpoint = "GET /ping", fromCall = 2, times = 1, delay = "00:00:03" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal([new Fault(FaultKind.ServerError) { Endpoint = "GET /ping", FromCall = 2, Times = 1, Delay = TimeSpan.FromSeconds(3) }], twin.Account.Faults.Current);
        foreach (var status in (int[])[200, 500, 200]) Assert.Equal(status, (await twin.CallAsync("GET", "ping")).Status);
        using var wrong = await twin.Http.PostAsJsonAsync(faults, new { kind = "earthquake" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var cleared = await twin.Http.DeleteAsync(faults, TestContext.Current.CancellationToken);
        Assert.Empty(twin.Account.Faults.Current);
    }

    private static async Task<JsonNode> TwinAsync(MailChimpTwin twin, string path) =>
        JsonNode.Parse(await twin.Http.GetStringAsync(new Uri(twin.Host.BaseAddress, $"mailchimp/demo/twin/{path}"), TestContext.Current.CancellationToken))!;
}
