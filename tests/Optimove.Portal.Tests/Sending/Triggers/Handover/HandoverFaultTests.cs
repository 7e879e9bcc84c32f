using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Shell.Home;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Tests.Sending.Triggers.Handover;

/// <summary>What becomes of triggered messages when the provider, the portal or a person stops them: nothing twice, nothing forgotten, nothing too late.</summary>
public sealed class HandoverFaultTests(ApiHouse house) : IClassFixture<ApiHouse>, IAsyncLifetime
{
    private HandoverWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await HandoverWorld.CreateAsync(house, Outside.Appboy);

    public async ValueTask DisposeAsync()
    {
        house.Clock.Ahead = TimeSpan.Zero;
        await _world.DisposeAsync();
    }

    private Task UntilAsync(TriggeredCampaign campaign, string states) => Eventually.Async(async () => await _world.StatesAsync(campaign.Id) == states, TimeSpan.FromSeconds(20), states);

    /// <summary>What Mission Control says about the campaign's messages.</summary>
    private async Task<List<Need>> NeedsAsync(TriggeredCampaign campaign) =>
        [.. (await _world.AskAsync(s => ActivatorUtilities.CreateInstance<NeedsQueries>(s).ListAsync())).Where(n => n.What.StartsWith($"{campaign.Name}: ", StringComparison.Ordinal))];

    [Theory]
    [InlineData("appboy")]
    [InlineData("mobilepush")]
    public async Task A_lost_answer_stays_unknown_and_is_sent_again_once_by_a_person_alone(string provider)
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Of(provider));
        var campaign = await world.LiveAsync();
        world.Faults.Set(new(FaultKind.AnswerLost) { Endpoint = provider == "appboy" ? "POST /campaigns/trigger/send" : "POST /push/v1/messageContact/{messageId}/send", Times = 1 });
        await world.ReportAsync("C-1", "C-2");
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-1 unknown, C-2 unknown", what: "unknown");
        house.Clock.Ahead = TimeSpan.FromMinutes(30);
        await world.SendAsync();
        await world.SendAsync();
        Assert.Equal(("C-1 unknown, C-2 unknown", 1L), (await world.StatesAsync(campaign.Id), world.Calls));
        Assert.Equal((2, 2), ((int)(await world.ViewAsync(campaign.Id)).Unknown, (await world.ViewAsync(campaign.Id)).Lost.Count));
        var need = Assert.Single(await NeedsAsync(campaign));
        Assert.Equal($"{campaign.Name}: 2 triggered messages without an answer", need.What);
        Assert.Equal(("Decide", $"/{house.Acme.Slug}/campaigns/triggered/{campaign.Id}"), need.Go);

        Assert.Equal(2, await world.DecideAsync(campaign.Id, again: true));
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-1 accepted, C-2 accepted", what: "accepted");
        Assert.Empty(await NeedsAsync(campaign));
        Assert.Equal(2, world.Calls);
        Assert.Equal([2, 2], world.Deliveries.Values);
        await Assert.ThrowsAsync<RefusedException>(() => world.DecideAsync(campaign.Id, again: true));
        Assert.Equal(1, await house.App.Database.AskAsync<long>($"select count(*) from audit_entries where action = 'triggered-message.sent-again' and subject like '%({campaign.Id})'"));
    }

    [Fact]
    public async Task What_is_left_unknown_counts_as_given_up_and_is_another_clients_business_never()
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.AnswerLost) { Times = 1 });
        await _world.ReportAsync("C-3");
        await UntilAsync(campaign, "C-3 unknown");
        await Assert.ThrowsAsync<RefusedException>(() => _world.AskAsync(s => s.GetRequiredService<DecideUnknownSends>().RunAsync(campaign.Id, null, again: true), house.Globex));
        Assert.Equal(new HandoverView(0, 0, 0, 0, 0, 0), (await _world.ViewAsync(campaign.Id, house.Globex)) with { Failures = [], Lost = [] }, Same);
        await house.InAsync(_world.Tenant, s => s.GetRequiredService<PauseTriggeredCampaign>().RunAsync(campaign.Id));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _world.DecideAsync(campaign.Id, again: true));
        Assert.Contains("not live", refused.Message);
        Assert.Equal(1, await _world.DecideAsync(campaign.Id, again: false));
        var view = await _world.ViewAsync(campaign.Id);
        Assert.Equal((0, 1, "Left as it is by test: it may have arrived or not."), (view.Unknown, view.GivenUp, Assert.Single(view.Failures).Sentence));
    }

    private static bool Same(HandoverView a, HandoverView b) => (a.Waiting, a.InFlight, a.Unknown, a.Accepted, a.Refused, a.GivenUp) == (b.Waiting, b.InFlight, b.Unknown, b.Accepted, b.Refused, b.GivenUp);

    [Fact]
    public async Task Too_many_calls_are_waited_for_and_the_message_is_sent_once()
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.TooManyRequests) { Endpoint = "POST /campaigns/trigger/send", Times = 1, Delay = TimeSpan.FromMinutes(5) });
        await _world.ReportAsync("C-4");
        await UntilAsync(campaign, "C-4 waiting");
        await Eventually.Async(async () => (await _world.ViewAsync(campaign.Id)).WaitsBecause is { } why && why.Contains("slow down", StringComparison.Ordinal), what: "the reason");
        await _world.SendAsync();
        Assert.Equal(1, _world.Calls);
        house.Clock.Ahead = TimeSpan.FromMinutes(6);
        await _world.SendAsync();
        await UntilAsync(campaign, "C-4 accepted");
        Assert.Equal(2, _world.Calls);
        Assert.Equal([1], _world.Deliveries.Values);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, "waiting", "C-61")]
    [InlineData(FaultKind.AnswerLost, "unknown", "C-62")]
    public async Task Who_opts_out_before_it_is_sent_gets_nothing_even_where_a_person_sends_it_again(FaultKind fault, string state, string customer)
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(fault) { Endpoint = "POST /campaigns/trigger/send", Times = 1, Delay = fault == FaultKind.TooManyRequests ? TimeSpan.FromMinutes(5) : null });
        await _world.ReportAsync(customer, "C-7");
        await UntilAsync(campaign, $"{customer} {state}, C-7 {state}");
        await _world.RunAsync($"insert into channel_preferences (customer_id, channel, opted_in, source, changed_at) values ('{customer}', 'push', false, 'api', now())");
        if (state == "unknown") await _world.DecideAsync(campaign.Id, again: true);
        house.Clock.Ahead = TimeSpan.FromMinutes(6);
        await _world.SendAsync();
        await UntilAsync(campaign, $"{customer} given_up, C-7 accepted");
        Assert.EndsWith("The customer opted out before it was sent.", Assert.Single((await _world.ViewAsync(campaign.Id)).Failures).Sentence);
    }

    [Fact]
    public async Task What_was_in_flight_when_its_process_died_is_unknown_and_its_answer_is_believed_if_it_comes_after_all()
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.Slow) { Endpoint = "POST /campaigns/trigger/send", Times = 1, Delay = TimeSpan.FromSeconds(4) });
        await _world.ReportAsync("C-5");
        await UntilAsync(campaign, "C-5 in_flight");
        await _world.SendAsync();
        Assert.Equal("C-5 in_flight", await _world.StatesAsync(campaign.Id));
        await _world.RunAsync($"update triggered_sends set lease_until = now() - interval '1 second' where campaign_id = {campaign.Id}");
        await _world.SendAsync();
        Assert.Equal("C-5 unknown", await _world.StatesAsync(campaign.Id));
        Assert.Equal("The portal stopped while this call was under way.", Assert.Single((await _world.ViewAsync(campaign.Id)).Lost).Sentence);
        await UntilAsync(campaign, "C-5 accepted");
        Assert.Equal((1L, 1L), (_world.Calls, (await _world.ViewAsync(campaign.Id)).Accepted));
    }

    [Fact]
    public async Task A_wrong_key_lets_messages_wait_and_say_why_until_it_is_put_right()
    {
        var campaign = await _world.LiveAsync();
        await _world.SecretsAsync(new { RestKeys = "shop-1; wrong" });
        await _world.ReportAsync("C-6");
        await Eventually.Async(async () => (await _world.ViewAsync(campaign.Id)).WaitsBecause is { } why && why.Contains("does not accept the credentials", StringComparison.Ordinal), what: "the reason");
        Assert.Equal(("C-6 waiting", 1L), (await _world.StatesAsync(campaign.Id), _world.Calls));
        await _world.SecretsAsync(Outside.Appboy.Secrets);
        await Eventually.Async(async () =>
        {
            house.Clock.Ahead += TimeSpan.FromMinutes(2);
            await _world.SendAsync();
            return await _world.StatesAsync(campaign.Id) == "C-6 accepted";
        }, what: "the message once its key is right");
        Assert.Equal([1], _world.Deliveries.Values);
    }

    [Fact]
    public async Task An_hour_after_the_decision_a_message_is_given_up()
    {
        var campaign = await _world.LiveAsync();
        await _world.SecretsAsync(new { RestKeys = "shop-1; wrong" });
        await _world.ReportAsync("C-10");
        await Eventually.Async(async () => (await _world.ViewAsync(campaign.Id)).WaitsBecause is not null, what: "the reason");
        foreach (var minutes in new[] { 20, 40, 59 })
        {
            house.Clock.Ahead = TimeSpan.FromMinutes(minutes);
            await _world.SendAsync();
            await UntilAsync(campaign, "C-10 waiting");
        }
        await _world.SecretsAsync(Outside.Appboy.Secrets);
        house.Clock.Ahead = TimeSpan.FromMinutes(61);
        await _world.SendAsync();
        await UntilAsync(campaign, "C-10 given_up");
        Assert.EndsWith("It was not sent within an hour and comes too late now.", Assert.Single((await _world.ViewAsync(campaign.Id)).Failures).Sentence);
        Assert.Empty(_world.Deliveries);
    }

    [Fact]
    public async Task A_paused_campaign_sends_nothing_of_what_still_waits()
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.TooManyRequests) { Times = 1, Delay = TimeSpan.FromMinutes(5) });
        await _world.ReportAsync("C-13");
        await Eventually.Async(async () => (await _world.ViewAsync(campaign.Id)).WaitsBecause is not null, what: "the reason");
        await house.InAsync(_world.Tenant, s => s.GetRequiredService<PauseTriggeredCampaign>().RunAsync(campaign.Id));
        await UntilAsync(campaign, "C-13 given_up");
        Assert.Equal(1, _world.Calls);
        Assert.EndsWith("The campaign was paused before it was sent.", Assert.Single((await _world.ViewAsync(campaign.Id)).Failures).Sentence);
    }

    [Fact]
    public async Task Messages_are_removed_after_thirty_days_and_their_figures_stay()
    {
        var campaign = await _world.LiveAsync();
        await _world.ReportAsync("C-17", "C-18");
        await UntilAsync(campaign, "C-17 accepted, C-18 accepted");
        await _world.RunAsync($"update triggered_sends set decided_at = decided_at - interval '31 days' where campaign_id = {campaign.Id} and customer_id = 'C-17'");
        await house.InAsync(_world.Tenant, s => s.GetRequiredService<Portal.Sending.Triggers.Live.TidyEvents>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("C-18 accepted", 2L), (await _world.StatesAsync(campaign.Id), (await _world.ViewAsync(campaign.Id)).Accepted));
    }

    [Fact]
    public async Task Of_a_call_that_is_refused_as_a_whole_each_is_tried_alone_so_that_one_does_not_take_the_others_down()
    {
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.Refused) { Endpoint = "POST /campaigns/trigger/send", FromCall = 1, Times = 1 });
        _world.Faults.Set(new(FaultKind.Refused) { Endpoint = "POST /campaigns/trigger/send", FromCall = 3, Times = 1 });
        await _world.ReportAsync("C-14", "C-15", "C-16");
        await Eventually.Async(async () => (await _world.ViewAsync(campaign.Id)) is { Accepted: 2, Refused: 1 }, what: "two messages and a refusal");
        Assert.Equal(4, _world.Calls);
        Assert.Equal([1, 1], _world.Deliveries.Values);
        Assert.Contains("A recipient is not valid", Assert.Single((await _world.ViewAsync(campaign.Id)).Failures).Sentence);
    }

    [Fact]
    public async Task Two_processes_that_send_at_the_same_time_send_nothing_twice()
    {
        await using var second = house.App.Start("Development").WithWebHostBuilder(b => b.UseUrls("http://127.0.0.1:0"));
        second.UseKestrel();
        await Task.Run(second.StartServer, TestContext.Current.CancellationToken);
        var campaign = await _world.LiveAsync();
        _world.Faults.Set(new(FaultKind.Slow) { Endpoint = "POST /campaigns/trigger/send", Delay = TimeSpan.FromMilliseconds(30) });
        // All at one moment, C-100 with two messages, which are never in one call.
        await _world.RunAsync($$"""
            insert into triggered_sends (decided_at, next_try_at, give_up_at, decision_id, campaign_id, connection_id, template_id, state, customer_id, address, personal)
            select now(), now(), now() + interval '1 hour', n, {{campaign.Id}}, {{_world.ConnectionId}}, {{_world.ActionId}}, 'waiting', 'C-' || greatest(n, 100), 'C-' || greatest(n, 100), '{}' from generate_series(99, 499) n
            """);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? house.Server.Services : second.Services).GetRequiredService<ForEachTenant>()
            .InScopeAsync(_world.Tenant, "test", (s, c) => s.GetRequiredService<SendTriggered>().RunAsync(c), TestContext.Current.CancellationToken))));
        await _world.SendAsync();
        Assert.Equal(401, (await _world.ViewAsync(campaign.Id)).Accepted);
        Assert.Equal(400, _world.Deliveries.Count);
        Assert.All(_world.Deliveries, d => Assert.Equal(d.Key == "C-100" ? 2 : 1, d.Value));
        Assert.Equal(2, await house.App.Database.AskAsync<long>($"select count(distinct call_id) from {_world.Tenant.Schema}.triggered_sends where campaign_id = {campaign.Id} and customer_id = 'C-100'"));
    }
}
