using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Appboy;

/// <summary>What is Appboy's own about sending, taking back and figures, beyond the contract.</summary>
public sealed class AppboyProviderTests : IAsyncLifetime
{
    private AppboyRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (AppboyRig)await AppboyRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void The_app_group_filter_limits_recipients_to_customers_with_an_app_of_the_chosen_app_group()
    {
        var settings = _rig.Connection.Settings;

        Assert.Equal("app group", _rig.Provider.Info.ScopeNoun);
        Assert.Equal(["shop-ios", "shop-android"], _rig.Provider.AppsOf(settings, AppboyRig.Shop));
        Assert.Equal(["club-ios"], _rig.Provider.AppsOf(settings, AppboyRig.Club));
        Assert.Equal([], _rig.Provider.AppsOf(settings, "left-the-settings"));
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, 200)]
    [InlineData(FaultKind.ServerError, 150)]
    [InlineData(FaultKind.Unavailable, 150)]
    [InlineData(FaultKind.Hang, 150)]
    public async Task Each_chunk_is_handed_over_at_most_once_and_the_others_go_on_when_an_answer_is_missing(FaultKind kind, int reached)
    {
        var (order, ledger) = (_rig.Order(200), new TestLedger());
        _rig.Account.Faults.Set(new Fault(kind) { Endpoint = AppboyRig.Schedule, FromCall = 2, Times = 1, Delay = kind == FaultKind.Hang ? TimeSpan.FromMinutes(2) : null });
        var provider = _rig.Create(options => options.AttemptTimeout = TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<ProviderException>(() => provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(200)), ledger, Stop));
        await provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        await Assert.ThrowsAsync<ProviderException>(() => provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(200)), ledger, Stop));

        Assert.Equal(ProviderFault.UnknownOutcome, fault.Fault);
        Assert.Contains("did not confirm 1 of", fault.Message);
        Assert.Equal([(StepState.Accepted, 3), (StepState.Unknown, 1)], ledger.Steps.CountBy(s => s.State).OrderBy(s => s.Key).Select(s => (s.Key, s.Value)));
        Assert.Equal(4, await CallsAsync(atLeast: 4));
        Assert.Equal(reached, (await _rig.MessagesOfAsync(order)).Distinct().Count());
    }

    [Fact]
    public async Task An_hour_without_calls_left_stops_the_push_before_anything_is_unknown_and_it_goes_on_when_the_hour_turns()
    {
        var (order, ledger) = (_rig.Order(500), new TestLedger());
        order = order with { SendAt = _rig.Clock.GetUtcNow().AddHours(3) };
        _rig.Group.HourlyLimit = 8;
        _rig.Group.UseCalls(3);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, _rig.Reachable(500), ledger));

        Assert.Equal((ProviderFault.RateLimited, true), (fault.Fault, fault.MayRepeat));
        Assert.InRange(fault.RetryAfter!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(50));
        Assert.DoesNotContain(ledger.Steps, step => step.State is StepState.Unknown or StepState.InFlight);
        _rig.Group.HourlyLimit = 250_000;
        _rig.Clock.Advance(TimeSpan.FromMinutes(50));
        await SendAsync(order, _rig.Reachable(500), ledger);
        Assert.Equal(_rig.Reachable(500).Order(), (await _rig.MessagesOfAsync(order)).Order());
    }

    [Fact]
    public async Task An_app_group_without_a_key_is_sent_to_measured_and_taken_back_by_its_id_alone()
    {
        var (sent, taken, ledger) = (ClubOrder(120), ClubOrder(60), new TestLedger());
        await SendAsync(sent, _rig.Reachable(120), ledger);
        var other = new TestLedger();
        await SendAsync(taken, _rig.Reachable(60), other);

        var cancelled = await _rig.Provider.CancelAsync(_rig.Connection, taken, other, Stop);
        _rig.AdvancePast(sent);

        Assert.Equal(CancelState.Cancelled, cancelled.State);
        Assert.Equal(120, (await _rig.Provider.GetMetricsAsync(_rig.Connection, sent, ledger, Stop))!.Sent);
        Assert.All(_rig.Account.Log.Recent().Where(call => call.Method == "GET"), call => Assert.Contains($"app_group_id={AppboyRig.Club}", call.Path));
    }

    [Fact]
    public async Task What_is_due_is_sent_at_once_and_cannot_be_taken_back()
    {
        var (order, ledger) = (_rig.Order(60), new TestLedger());
        order = order with { SendAt = _rig.Clock.GetUtcNow().AddSeconds(-1) };

        await SendAsync(order, _rig.Reachable(60), ledger);

        Assert.Equal((2, 0), (_rig.Account.Log.CountOf("POST /campaigns/trigger/send"), _rig.Account.Log.CountOf(AppboyRig.Schedule)));
        Assert.Equal(60, _rig.Group.Deliveries(order.DispatchId).Count);
        Assert.Equal(CancelState.TooLate, (await CancelAsync(order, ledger)).State);
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost)]
    [InlineData(FaultKind.Queued)]
    public async Task A_call_without_a_schedule_id_cannot_be_taken_back_and_a_person_is_told_how_many_there_are(FaultKind kind)
    {
        var (order, ledger) = (_rig.Order(200), new TestLedger());
        _rig.Account.Faults.Set(new Fault(kind) { Endpoint = AppboyRig.Schedule, FromCall = 3, Times = 1 });
        await Record.ExceptionAsync(() => SendAsync(order, _rig.Reachable(200), ledger));

        var cancelled = await CancelAsync(order, ledger);

        Assert.Equal(CancelState.NeedsPerson, cancelled.State);
        Assert.StartsWith("3 of 4 calls were taken back in Appboy. 1, with up to 50 people each, could not be. Stop the campaign in Appboy's dashboard before ", cancelled.Sentence);
        Assert.Equal(1, await _rig.LeftoversOfAsync(order));
    }

    [Fact]
    public async Task Figures_are_shared_with_other_sends_of_the_campaign_and_say_so()
    {
        var (order, ledger) = (_rig.Order(100), new TestLedger());
        await SendAsync(order, _rig.Reachable(100), ledger);
        _rig.AdvancePast(order);
        var alone = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;
        var other = _rig.Order(300);
        await SendAsync(other, _rig.Reachable(300), new TestLedger());
        _rig.AdvancePast(other);

        var shared = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;

        Assert.Equal((100, 400), (alone.Sent, shared.Sent));
        Assert.StartsWith("Appboy counts per campaign and day, so every send of the same Appboy campaign since", alone.Caveat);
        Assert.StartsWith("Other sends are in these figures: Appboy reached ", shared.Caveat);
        Assert.Equal(shared.Sent - shared.Bounced, shared.Delivered);
        Assert.True(shared.UniqueOpens <= shared.TotalOpens);
    }

    [Fact]
    public async Task An_app_group_that_left_the_settings_and_a_campaign_that_was_stopped_are_refused_by_name()
    {
        _rig.Group.AddCampaign(new() { Id = "old", Name = "Optimove_Old", Enabled = false });

        var gone = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(_rig.Order(10) with { ScopeId = "gone" }, _rig.Reachable(10), new TestLedger()));
        var stopped = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(_rig.Order(10, "old"), _rig.Reachable(10), new TestLedger()));

        Assert.Equal((ProviderFault.Misconfigured, ProviderFault.Misconfigured), (gone.Fault, stopped.Fault));
        Assert.Contains("\"gone\"", gone.Message);
        Assert.Contains("\"Optimove_Old\" cannot be sent. This campaign was stopped", stopped.Message);
    }

    [Fact]
    public void Settings_are_read_line_by_line_whatever_the_white_space()
    {
        var settings = new AppboySettings { Host = "https://rest.test", AppGroups = " a ;Shop One;  x , y ,\r\n\r\nb;Club;z\n", RestKeys = "b ; key-b\r\nc;unused" };

        Assert.Equal([("a", "Shop One", "x y", null), ("b", "Club", "z", "key-b")], settings.Groups.Select(g => (g.Id, g.Name, string.Join(' ', g.Apps), g.RestKey)));
    }

    /// <summary>The twin lists a call that hangs once it has seen that nobody waits for it any more.</summary>
    private async Task<long> CallsAsync(int atLeast)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (_rig.Account.Log.CountOf(AppboyRig.Schedule) < atLeast) await Task.Delay(10, deadline.Token);
        return _rig.Account.Log.CountOf(AppboyRig.Schedule);
    }

    private SendOrder ClubOrder(int recipients) => _rig.Order(recipients, "club") with { ScopeId = AppboyRig.Club };

    private Task SendAsync(SendOrder order, IReadOnlyList<string> people, TestLedger ledger) => _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(people), ledger, Stop);

    private Task<CancelResult> CancelAsync(SendOrder order, TestLedger ledger) => _rig.Provider.CancelAsync(_rig.Connection, order, ledger, Stop);
}
