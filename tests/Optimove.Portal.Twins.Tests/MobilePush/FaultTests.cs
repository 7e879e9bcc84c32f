using System.Net.Http.Json;
using Optimove.Portal.Twins.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Tests.MobilePush;

public sealed class FaultTests
{
    private const string Send = "POST /push/v1/messageContact/{messageId}/send";

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 50100, 30)]
    [InlineData(FaultKind.Blocked, 50200, null)]
    public async Task Too_many_calls_are_refused_with_a_wait_or_blocked_without_one(FaultKind kind, int code, int? seconds)
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        twin.Account.Faults.Set(new Fault(kind) { Times = 1 });
        var (status, refusal, headers) = await twin.AskAsync("GET", "rest/push/v1/application");
        Assert.Equal((429, code, seconds), (status, (int)refusal!["errorcode"]!, (int?)headers.RetryAfter?.Delta?.TotalSeconds));
        Assert.Equal(200, (await twin.CallAsync("GET", "rest/push/v1/application")).Status);
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, 2)]
    [InlineData(FaultKind.RequestLost, 1)]
    [InlineData(FaultKind.Hang, 1)]
    public async Task The_second_send_loses_its_answer_with_or_without_its_effect(FaultKind kind, int sends)
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        twin.Account.Faults.Set(new Fault(kind) { Endpoint = Send, FromCall = 2, Times = 1, Delay = TimeSpan.Zero });
        await twin.SendAsync(MobilePushTwin.Keys(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.SendAsync(MobilePushTwin.Keys(1)));
        Assert.Equal(sends, twin.Account.SendsOf().Count);
        Assert.Contains(twin.Account.Log.Recent(), c => c is { Endpoint: Send, Status: 0 } && c.Fault == kind);
    }

    [Fact]
    public async Task Faults_and_what_was_received_and_delivered_can_be_steered_and_seen_over_http()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        using var set = await twin.Http.PostAsJsonAsync("twin/faults", new { kind = "serverError", endpoint = Send, times = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(500, (await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(1) })).Status);
        Assert.Equal("ServerError", (string?)(await twin.GetAsync("twin/faults"))[0]!["kind"]);
        Assert.Equal((204, 400), ((await twin.CallAsync("DELETE", "twin/faults")).Status, (await twin.CallAsync("POST", "twin/faults", new { kind = "earthquake" })).Status));
        await twin.SendAsync([.. MobilePushTwin.Keys(3), MobilePushTwin.Key(0)]);
        var state = await twin.GetAsync("twin/state");
        Assert.Equal((4, 4, 3L), ((int)state["sends"]![0]!["asked"]!, (int)state["messages"]!.AsArray().Single(m => (string?)m!["name"] == "UK_Spring")!["asked"]!, (long)state["callsReceived"]!));
        var deliveries = await twin.GetAsync($"twin/deliveries?message={MobilePushTwin.Spring}");
        Assert.Equal((4, 3, MobilePushTwin.Key(0)), ((int)deliveries["pushes"]!, (int)deliveries["recipients"]!, (string?)deliveries["moreThanOnce"]![0]));
        Assert.Equal((204, 404), ((await twin.CallAsync("POST", $"twin/messages/{MobilePushTwin.Spring}/deactivate")).Status, (await twin.CallAsync("DELETE", "twin/messages/none")).Status));
    }
}
