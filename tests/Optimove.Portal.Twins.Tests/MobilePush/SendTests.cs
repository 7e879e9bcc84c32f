using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Tests.Testing;

namespace Optimove.Portal.Twins.Tests.MobilePush;

public sealed class SendTests
{
    [Theory]
    [InlineData(5000, 202)]
    [InlineData(5001, 400)]
    [InlineData(0, 400)]
    public async Task A_call_takes_from_one_to_5000_keys(int keys, int status)
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        var (answered, body) = await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(keys) });
        Assert.Equal(status, answered);
        Assert.NotNull(status == 202 ? body!["tokenId"] : body!["errors"]![0]);
    }

    [Fact]
    public async Task Field_names_are_taken_in_any_case_and_a_send_time_in_one_form_only()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        Assert.Equal(202, (await twin.PostSendAsync(new { SubscriberKeys = MobilePushTwin.Keys(2), SENDTIME = "2026-07-01 03:00" })).Status);
        Assert.Equal(202, (await twin.PostSendAsync(new { deviceTokens = new[] { "d1" } })).Status);
        Assert.Equal(400, (await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(2), sendTime = "2026-07-01T03:00:00Z" })).Status);
        Assert.Equal([new DateTimeOffset(2026, 7, 1, 9, 0, 0, TimeSpan.Zero), null], twin.Account.SendsOf().Select(s => s.SendTime));
    }

    [Fact]
    public async Task A_message_that_is_no_active_outbound_API_triggered_one_is_not_valid()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        foreach (var message in (string[])[PushMessage.IdOf(50), PushMessage.IdOf(51), PushMessage.IdOf(52), "none"])
            Assert.Equal(400, (await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(1) }, message)).Status);
    }

    [Fact]
    public async Task A_delivery_is_scheduled_then_finished_and_counts_only_who_can_be_reached()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        var token = await twin.SendAsync([.. MobilePushTwin.Keys(1000), "nobody"], "2026-07-01 02:10");
        var before = await twin.DeliveryAsync(token);
        Assert.Equal(("Scheduled", 0, null, "2026-07-01T02:10:00"), ((string?)before["status"], (int)before["count"]!, (string?)before["completeDate"], (string?)before["scheduledDate"]));
        Assert.Empty(twin.Account.Deliveries());
        Assert.Equal(997, twin.Account.Deliveries(includeScheduled: true).Count);
        twin.Clock.Move(TimeSpan.FromMinutes(10.5));
        Assert.Equal(("InProgress", 498), ((string?)(await twin.DeliveryAsync(token))["status"], (int)(await twin.DeliveryAsync(token))["count"]!));
        twin.Clock.Move(TimeSpan.FromMinutes(1));
        var after = await twin.DeliveryAsync(token);
        Assert.Equal(("Finished", 997, "2026-07-01T02:11:00"), ((string?)after["status"], (int)after["count"]!, (string?)after["completeDate"]));
        Assert.Equal(997, twin.Account.Deliveries(MobilePushTwin.Spring).Count);
        Assert.Equal(404, (await twin.CallAsync("GET", $"rest/push/v1/messageContact/{MobilePushTwin.Spring}/deliveries/none")).Status);
    }

    [Fact]
    public async Task A_send_without_a_time_or_with_one_that_has_passed_begins_at_once()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        await twin.OpenAsync();
        await twin.SendAsync(MobilePushTwin.Keys(5));
        await twin.SendAsync(MobilePushTwin.Keys(5), "2026-07-01 01:59");
        Assert.Equal([twin.Clock.GetUtcNow(), twin.Clock.GetUtcNow()], twin.Account.SendsOf().Select(s => s.StartsAt));
        Assert.All(twin.Account.Deliveries().Values, times => Assert.Equal(2, times));
    }

    [Fact]
    public async Task What_comes_faster_than_the_throughput_is_accepted_and_slips()
    {
        await using var twin = await MobilePushTwin.StartAsync();
        twin.Account.Limit(2000, TimeSpan.FromMinutes(30));
        await twin.OpenAsync();
        var start = twin.Clock.GetUtcNow();
        for (var call = 0; call < 5; call++) await twin.SendAsync(MobilePushTwin.Keys(1000));
        Assert.Equal([0, 0, 30, 30, 60], twin.Account.SendsOf().Select(s => (s.StartsAt - start).TotalMinutes));
        Assert.Equal("Queued", twin.Account.SendsOf()[4].Status);
        twin.Clock.Move(TimeSpan.FromMinutes(61));
        Assert.All(twin.Account.SendsOf(), s => Assert.Equal("Finished", s.Status));
        await twin.OpenAsync();
        await twin.SendAsync(MobilePushTwin.Keys(1000));
        Assert.Equal(twin.Clock.GetUtcNow(), twin.Account.SendsOf()[^1].StartsAt);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 10)]
    public async Task Withdrawing_a_message_stops_what_has_not_begun_where_that_is_so(bool stops, int reached)
    {
        await using var twin = await MobilePushTwin.StartAsync();
        twin.Account.StopsWithMessage = stops;
        await twin.OpenAsync();
        await twin.SendAsync(MobilePushTwin.Keys(3));
        var token = await twin.SendAsync([.. Enumerable.Range(100, 10).Select(MobilePushTwin.Key)], "2026-07-01 04:00");
        twin.Clock.Move(TimeSpan.FromSeconds(1));
        Assert.True(twin.Account.Deactivate(MobilePushTwin.Spring));
        Assert.Equal(400, (await twin.PostSendAsync(new { subscriberKeys = MobilePushTwin.Keys(1) })).Status);
        twin.Clock.Move(TimeSpan.FromHours(3));
        await twin.OpenAsync();
        Assert.Equal((3 + reached, stops ? "Stopped" : "Finished"), (twin.Account.Deliveries().Count, (string?)(await twin.DeliveryAsync(token))["status"]));
    }
}
