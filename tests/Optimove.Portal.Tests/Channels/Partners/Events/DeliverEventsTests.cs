using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Channels.Partners.Events.Log;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Channels.Partners.Events;

public sealed class DeliverEventsTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static int _channels = 7000;

    /// <summary>A channel of its own with a listener for event 13 at a path of the receiver.</summary>
    private async Task<(int Channel, IssuedSecrets Partner)> ListenAsync(Receiver receiver, string path)
    {
        var channel = Interlocked.Increment(ref _channels);
        await house.AddChannelAsync(house.Acme, channel);
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: channel);
        (await house.PostAsync("/general/RegisterEventListener", $$"""{"EventTypeID":13,"ChannelID":{{channel}},"ListenerURL":"{{receiver.At(path)}}"}""", partner)).IsDone();
        return (channel, partner);
    }

    private Task TellAsync(int channel, params int[] campaigns) => house.InAsync(house.Acme, async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        foreach (var campaign in campaigns)
        {
            await s.GetRequiredService<QueueNews>().RunAsync(db, new(EventNews.ChannelExecuted, campaign, channel));
            await db.SaveChangesAsync();
        }
    });

    private Task DeliverAsync() => house.InAsync(house.Acme, s => s.GetRequiredService<DeliverEvents>().RunAsync(TestContext.Current.CancellationToken));

    private static string Campaigns(IEnumerable<Received> got) => string.Join(' ', got.Select(g => System.Text.Json.JsonDocument.Parse(g.Body).RootElement.GetProperty("CampaignID").GetInt32()));

    [Fact]
    public async Task A_listener_gets_its_notices_in_their_order_each_signed_and_none_that_it_has_taken_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var (channel, partner) = await ListenAsync(receiver, "/order");
        await TellAsync(channel, [.. Enumerable.Range(1, 450)]);
        await Task.WhenAll(DeliverAsync(), DeliverAsync());
        await DeliverAsync();

        Assert.Equal(string.Join(' ', Enumerable.Range(1, 450)), Campaigns(receiver.Got("/order")));
        var first = receiver.Got("/order")[0];
        Assert.Matches($$"""^\{"EventTypeID":13,"TimeStamp":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","CampaignID":1,"ChannelID":{{channel}}\}$""", first.Text);
        Assert.Equal("application/json", first.Headers["Content-Type"]);
        Assert.Equal("1", first.Headers["X-Optimove-Signature-Version"]);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(partner.SigningKey), first.Body)), first.Headers["X-Optimove-Signature-Content"]);
        Assert.Equal(450, receiver.Got("/order").Select(g => g.Headers["X-Optimove-Notice"]).Distinct().Count());
    }

    [Fact]
    public async Task What_a_listener_does_not_take_is_tried_again_before_anything_behind_it_and_given_up_after_a_day()
    {
        await using var receiver = await Receiver.StartAsync();
        var (channel, _) = await ListenAsync(receiver, "/down");
        var down = true;
        receiver.Answers = g => Task.FromResult(down && g.Text.Contains("\"CampaignID\":1,", StringComparison.Ordinal) ? 500 : 200);
        await TellAsync(channel, 1, 2);
        var before = house.Clock.Ahead;
        try
        {
            await DeliverAsync();
            await DeliverAsync();
            Assert.Equal("1", Campaigns(receiver.Got("/down")));
            house.Clock.Ahead = before + TimeSpan.FromMinutes(1);
            await DeliverAsync();
            Assert.Equal("1 1", Campaigns(receiver.Got("/down")));
            Assert.Equal("It answered 500.", await house.App.Database.AskAsync<string>($"select fault from event_deliveries where body like '%\"CampaignID\":1,\"ChannelID\":{channel}%'"));
            house.Clock.Ahead = before + TimeSpan.FromHours(25);
            await DeliverAsync();
            Assert.Equal("1 1 1 2", Campaigns(receiver.Got("/down")));
            house.Clock.Ahead = before + TimeSpan.FromHours(30);
            down = false;
            await DeliverAsync();
            Assert.Equal("1 1 1 2", Campaigns(receiver.Got("/down")));
        }
        finally
        {
            house.Clock.Ahead = before;
        }
    }

    [Fact]
    public async Task A_slow_listener_delays_nobody_else()
    {
        await using var receiver = await Receiver.StartAsync();
        var release = new TaskCompletionSource();
        receiver.Answers = async g =>
        {
            if (g.Path == "/slow") await release.Task;
            return 200;
        };
        var (slow, _) = await ListenAsync(receiver, "/slow");
        var (quick, _) = await ListenAsync(receiver, "/quick");
        await TellAsync(slow, 1, 2);
        await TellAsync(quick, 1, 2, 3);
        var delivering = DeliverAsync();
        await Eventually.Async(() => receiver.Got("/quick").Count == 3, what: "the quick listener's notices while the slow one still thinks");
        Assert.Single(receiver.Got("/slow"));
        // Another turn leaves the slow one to the first; the quick one's notice is posted by whichever of the two holds its claim.
        await TellAsync(quick, 4);
        await DeliverAsync();
        await Eventually.Async(() => receiver.Got("/quick").Count == 4, what: "the quick listener's next notice while the slow one still thinks");
        Assert.Single(receiver.Got("/slow"));
        release.SetResult();
        await delivering;
        Assert.Equal("1 2", Campaigns(receiver.Got("/slow")));
    }

    [Fact]
    public async Task A_claim_that_nobody_gave_back_runs_out_and_another_process_goes_on()
    {
        await using var receiver = await Receiver.StartAsync();
        var (channel, _) = await ListenAsync(receiver, "/left");
        await TellAsync(channel, 1);
        await house.App.Database.RunAsync($"update event_listeners set lease_owner = 'dead', lease_until = now() + interval '1 hour' where channel_id = {channel}");
        await DeliverAsync();
        Assert.Empty(receiver.Got("/left"));
        await house.App.Database.RunAsync($"update event_listeners set lease_until = now() - interval '1 second' where channel_id = {channel}");
        await DeliverAsync();
        Assert.Single(receiver.Got("/left"));
    }

    [Fact]
    public async Task A_person_sends_a_test_event_and_tells_again_what_was_told()
    {
        await using var receiver = await Receiver.StartAsync();
        var (channel, _) = await ListenAsync(receiver, "/try");
        var listener = await house.App.Database.AskAsync<int>($"select id from event_listeners where channel_id = {channel}");
        await house.InAsync(house.Acme, async s => Assert.Equal(200, (await s.GetRequiredService<TryListener>().RunAsync(listener)).Status));
        Assert.Equal("0", Campaigns(receiver.Got("/try")));
        await TellAsync(channel, 5);
        await DeliverAsync();
        var notice = await house.App.Database.AskAsync<long>($"select max(id) from event_deliveries where listener_id = {listener}");
        await house.InAsync(house.Acme, s => s.GetRequiredService<ReplayNotice>().RunAsync(notice));
        await DeliverAsync();
        await Eventually.Async(() => Campaigns(receiver.Got("/try")) == "0 5 5", what: "the repetition");
        receiver.Answers = _ => Task.FromResult(503);
        var connection = await house.App.Database.AskAsync<int>($"select connection_id from partner_channels where channel_id = {channel}");
        await house.InAsync(house.Acme, async s => Assert.Null((await s.GetRequiredService<ReadPartnerFacts>().RunAsync(connection)).Fault));
        await house.InAsync(house.Acme, async s => Assert.Equal("It answered 503.", (await s.GetRequiredService<TryListener>().RunAsync(listener)).Fault));
        await house.InAsync(house.Acme, async s => Assert.Equal("It answered 503.", (await s.GetRequiredService<ReadPartnerFacts>().RunAsync(connection)).Fault));
        Assert.Equal(0, await house.App.Database.AskAsync<long>($"select count(*) from event_deliveries where listener_id = {listener} and next_try_at is not null"));
    }

    [Fact]
    public async Task What_was_taken_goes_after_thirty_days_and_what_still_waits_stays()
    {
        await using var receiver = await Receiver.StartAsync();
        var (channel, _) = await ListenAsync(receiver, "/tidy");
        await TellAsync(channel, 1);
        await DeliverAsync();
        await TellAsync(channel, 2);
        var listener = await house.App.Database.AskAsync<int>($"select id from event_listeners where channel_id = {channel}");
        Task<string?> LeftAsync() => house.App.Database.AskAsync<string>($"select string_agg(body::json ->> 'CampaignID', ' ' order by id) from event_deliveries where listener_id = {listener}")!;
        await house.App.Database.RunAsync($"update event_deliveries set created_at = created_at - interval '29 days 23 hours' where listener_id = {listener}");
        await house.InAsync(house.Acme, s => s.GetRequiredService<TidyNotices>().RunAsync());
        Assert.Equal("1 2", await LeftAsync());
        await house.App.Database.RunAsync($"update event_deliveries set created_at = created_at - interval '2 hours' where listener_id = {listener}");
        await house.InAsync(house.Acme, s => s.GetRequiredService<TidyNotices>().RunAsync());
        Assert.Equal("2", await LeftAsync());
    }

    [Fact]
    public async Task Nobody_of_another_client_or_channel_is_told()
    {
        await using var receiver = await Receiver.StartAsync();
        var (mine, _) = await ListenAsync(receiver, "/mine");
        var (other, _) = await ListenAsync(receiver, "/other");
        var stranger = await house.IssueAsync(house.Globex);
        (await house.PostAsync("/general/RegisterEventListener", $$"""{"EventTypeID":13,"ListenerURL":"{{receiver.At("/stranger")}}"}""", stranger)).IsDone();
        await TellAsync(mine, 9);
        await DeliverAsync();
        await house.InAsync(house.Globex, s => s.GetRequiredService<DeliverEvents>().RunAsync());
        Assert.Equal("9 / / ", string.Create(CultureInfo.InvariantCulture, $"{Campaigns(receiver.Got("/mine"))} / {Campaigns(receiver.Got("/other"))}/ {Campaigns(receiver.Got("/stranger"))}"));
        Assert.NotEqual(mine, other);
    }
}
