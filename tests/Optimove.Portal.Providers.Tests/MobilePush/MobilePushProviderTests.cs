using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.MobilePush;

/// <summary>How MobilePush's own hand-over goes, beyond the contract.</summary>
public sealed class MobilePushProviderTests : IAsyncLifetime
{
    private MobilePushRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (MobilePushRig)await MobilePushRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void The_rate_rule_250_000_recipients_per_30_minutes_and_account_is_declared_and_forecast()
    {
        var info = _rig.Provider.Info;
        var begin = _rig.Clock.GetUtcNow();
        var other = _rig.With() with { Id = 2 };

        Assert.Equal(new SendPace(250_000, TimeSpan.FromMinutes(30)), info.Pace);
        Assert.Equal((5000, TimeSpan.FromMinutes(30), "send/"), (info.ChunkSize, info.HandOverLead, info.TellsTimeBy));
        Assert.Equal("mcdemo", _rig.Provider.AccountOf(_rig.Connection.Settings));
        Assert.Equal(_rig.Provider.AccountOf(other.Settings), _rig.Provider.AccountOf(_rig.Connection.Settings));
        Assert.Equal(begin.AddMinutes(66), new SendForecast(info.Pace!, 800_000, begin, info.HandOverLead!.Value).LastAt);
        Assert.Equal(4, new SendForecast(info.Pace!, 800_000, begin).Parts.Count);
    }

    [Fact]
    public async Task The_send_time_is_handed_over_in_the_servers_time_and_meant_as_the_orders()
    {
        var order = _rig.Order(10);

        await SendAsync(order, 10, new TestLedger());

        var send = Assert.Single(_rig.SendsOf(order));
        Assert.Equal((order.SendAt, order.SendAt, "Scheduled"), (send.SendTime, send.StartsAt, send.Status));
    }

    [Fact]
    public async Task What_is_left_of_a_large_list_after_the_send_time_goes_out_at_once()
    {
        var order = _rig.Order(10) with { SendAt = Minute(_rig.Clock.GetUtcNow().AddMinutes(-5)) };

        await SendAsync(order, 10, new TestLedger());

        Assert.Null(Assert.Single(_rig.SendsOf(order)).SendTime);
        Assert.Equal(10, _rig.Account.Deliveries(PushMessage.IdOf(101)).Count);
    }

    [Fact]
    public async Task One_token_serves_every_call_of_a_business_unit_for_a_quarter_of_an_hour()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop)));
        var first = _rig.Account.Log.CountOf(MobilePushRig.Token);
        _rig.Clock.Advance(TimeSpan.FromMinutes(14));
        await SendAsync(_rig.Order(10), 10, new TestLedger());
        var within = _rig.Account.Log.CountOf(MobilePushRig.Token);
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(_rig.Order(10), 10, new TestLedger());

        Assert.Equal((2, 2, 3), (first, within, _rig.Account.Log.CountOf(MobilePushRig.Token)));
    }

    [Fact]
    public async Task A_token_that_is_over_is_renewed_once_however_many_calls_bore_it_and_each_call_is_made_again()
    {
        var order = _rig.Order(20_000);
        await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop);
        _rig.Account.EndSessions();

        await SendAsync(order, 20_000, new TestLedger());

        Assert.Equal(20_000, (await _rig.MessagesOfAsync(order)).Count);
        Assert.Equal(3, _rig.Account.Log.CountOf(MobilePushRig.Token));
        Assert.Equal(4, _rig.SendsOf(order).Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_stops_the_push_for_a_person_to_act()
    {
        var order = _rig.Order(10);
        _rig.Account.Faults.Set(new Fault(FaultKind.RevokedKey) { Endpoint = MobilePushRig.Send });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 10, new TestLedger()));

        Assert.Equal(ProviderFault.Unauthorized, fault.Fault);
        Assert.Contains("United Kingdom", fault.Message);
        Assert.Equal(2, _rig.Account.Log.CountOf(MobilePushRig.Send));
    }

    [Theory]
    [InlineData("https://rest.marketingcloudapis.com.evil.test/")]
    [InlineData("https://evilmarketingcloudapis.com/")]
    [InlineData("http://127.0.0.1:1/rest/")]
    [InlineData("no address")]
    public async Task A_token_is_never_taken_to_an_address_that_is_not_Salesforces(string address)
    {
        _rig.Account.RestAddress = address;

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(_rig.Order(10), 10, new TestLedger()));

        Assert.Equal(ProviderFault.Misconfigured, fault.Fault);
        Assert.Contains("not Salesforce's", fault.Message);
    }

    [Fact]
    public async Task A_part_whose_answer_is_lost_is_left_to_a_person_and_all_others_are_handed_over()
    {
        var order = _rig.Order(20_000);
        var ledger = new TestLedger();
        _rig.LoseAnswer(MobilePushRig.Send, 2);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 20_000, ledger));
        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 20_000, ledger));

        Assert.Equal(ProviderFault.UnknownOutcome, fault.Fault);
        Assert.Contains("1 part of this list", fault.Message);
        Assert.Equal((3, 1), (ledger.Steps.Count(s => s.State == StepState.Accepted), ledger.Steps.Count(s => s.State == StepState.Unknown)));
        Assert.Equal(4, _rig.SendsOf(order).Count);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Unavailable)]
    public async Task A_fault_of_Salesforces_own_while_sending_leaves_the_part_to_a_person(FaultKind kind)
    {
        var ledger = new TestLedger();
        _rig.Account.Faults.Set(new Fault(kind) { Endpoint = MobilePushRig.Send, Times = 1 });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(_rig.Order(10), 10, ledger));

        Assert.Equal((ProviderFault.UnknownOutcome, StepState.Unknown), (fault.Fault, Assert.Single(ledger.Steps).State));
        Assert.Equal(1, _rig.Account.Log.CountOf(MobilePushRig.Send));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_begun()
    {
        var ledger = new TestLedger();
        await SendAsync(_rig.Order(10), 10, ledger);
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        _rig.Account.Faults.Set(new Fault(FaultKind.AddressRefused) { Endpoint = MobilePushRig.Token });
        var chunk = new RecipientChunk(2, [new Recipient("C-1", "C-1")]);

        var fault = await Assert.ThrowsAsync<ProviderException>(() =>
            _rig.Provider.SendAsync(_rig.Connection, _rig.Order(10, _rig.Template), new[] { chunk }.ToAsyncEnumerable(), ledger, Stop));

        Assert.Equal(ProviderFault.Unauthorized, fault.Fault);
        Assert.Single(ledger.Steps);
    }

    [Fact]
    public async Task A_wait_that_Salesforce_asks_for_is_kept_before_the_call_is_made_again()
    {
        var provider = _rig.Create(options => options.LongestRetryDelay = TimeSpan.FromSeconds(1));
        var order = _rig.Order(10);
        _rig.Account.Faults.Set(new Fault(FaultKind.TooManyRequests) { Endpoint = MobilePushRig.Send, Times = 1, Delay = TimeSpan.FromSeconds(1) });

        await provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(10)), new TestLedger(), Stop);

        var calls = _rig.Account.Log.Recent().Where(c => c.Endpoint == MobilePushRig.Send).ToList();
        Assert.Equal([202, 429], calls.Select(c => c.Status));
        Assert.InRange(calls[0].At - calls[1].At, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Before_the_send_time_a_cancelled_order_needs_a_person_and_the_parts_not_handed_over_stay_here()
    {
        var order = _rig.Order(15_000);
        var ledger = new TestLedger();
        ledger.DieAt(6);
        await Assert.ThrowsAsync<ProcessDiedException>(() => SendAsync(order, 15_000, ledger));
        ledger.Restart();

        var cancelled = await _rig.Provider.CancelAsync(_rig.Connection, order, ledger, Stop);

        Assert.Equal(CancelState.NeedsPerson, cancelled.State);
        Assert.Contains("takes nothing back", cancelled.Sentence);
        Assert.Contains($"{order.SendAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC", cancelled.Sentence);
        Assert.True(_rig.Account.Deactivate(order.TemplateId.Split('/')[1]));
        Assert.Empty(await _rig.MessagesOfAsync(order));
    }

    [Fact]
    public async Task Sent_is_the_sum_over_the_parts_without_unknown_and_opted_out_contacts()
    {
        _rig.Account.AddContacts(["left"], optedIn: false);
        var order = _rig.Order(12_002);
        var ledger = new TestLedger();
        await _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks([.. _rig.Reachable(12_000), "left", _rig.Unknown]), ledger, Stop);
        _rig.AdvancePast(order);

        var metrics = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;

        Assert.Equal((12_000, null, null), (metrics.Sent, metrics.Delivered, metrics.Caveat));
    }

    [Fact]
    public async Task Figures_that_lack_a_part_say_so()
    {
        _rig.Account.Limit(10_000, TimeSpan.FromHours(3));
        var order = _rig.Order(20_000);
        var ledger = new TestLedger();
        _rig.LoseAnswer(MobilePushRig.Send, 1);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 20_000, ledger));
        _rig.AdvancePast(order);

        var metrics = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;

        Assert.InRange(metrics.Sent!.Value, 5_000, 10_000);
        Assert.Contains("still sending", metrics.Caveat);
        Assert.Contains("did not answer for 1 part", metrics.Caveat);
    }

    [Fact]
    public async Task An_order_between_two_minutes_of_another_app_or_of_a_unit_no_longer_entered_is_refused_before_anything_is_sent()
    {
        var order = _rig.Order(10);

        await RefusedAsync(order with { SendAt = order.SendAt.AddSeconds(1) }, "whole minutes");
        await RefusedAsync(order with { ScopeId = MobilePushRig.DeApp }, "another app");
        await RefusedAsync(order with { TemplateId = $"999/{PushMessage.IdOf(1)}" }, "999");
        await RefusedAsync(order with { TemplateId = $"{MobilePushRig.DeMid}/{PushMessage.IdOf(1)}" }, "not in MobilePush");
        _rig.Account.Deactivate(order.TemplateId.Split('/')[1]);
        await RefusedAsync(order, "not an active outbound message");
    }

    private Task SendAsync(SendOrder order, int people, TestLedger ledger) =>
        _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(people)), ledger, Stop);

    private async Task RefusedAsync(SendOrder order, string words)
    {
        var ledger = new TestLedger();
        var refused = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 10, ledger));
        Assert.Equal(ProviderFault.Misconfigured, refused.Fault);
        Assert.Contains(words, refused.Message);
        Assert.Empty(ledger.Steps);
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
