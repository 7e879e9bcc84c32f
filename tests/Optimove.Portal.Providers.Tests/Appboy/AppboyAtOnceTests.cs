using System.Text.Json;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Appboy;

/// <summary>Sending to named people at once, each with values of their own.</summary>
public sealed class AppboyAtOnceTests : IAsyncLifetime
{
    private const string Send = "POST /campaigns/trigger/send";
    private AppboyRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (AppboyRig)await AppboyRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Each_of_fifty_people_gets_the_message_at_once_with_values_of_their_own()
    {
        var answer = await _rig.Provider.SendNowAsync(_rig.Connection, Order(50), Stop);

        Assert.NotEmpty(answer.ProviderId!);
        Assert.Equal(1, _rig.Account.Log.CountOf(Send));
        Assert.Equal(_rig.Reachable(50).Order(), _rig.Group.Deliveries("opt-1-triggered-7").Keys.Order());
        var personal = JsonSerializer.Deserialize<Dictionary<string, string>>(Assert.Single(_rig.Group.PersonalOf("C-7")))!;
        Assert.Equal([("first_name", "Ann 7"), ("page", "/shoes")], personal.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public async Task Fifty_one_people_are_never_in_one_call()
    {
        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(51), Stop));

        Assert.Equal(ProviderFault.Misconfigured, fault.Fault);
        Assert.Contains("at most 50", fault.Message);
        Assert.Equal(0, _rig.Account.Log.CountOf(Send));
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, ProviderFault.UnknownOutcome)]
    [InlineData(FaultKind.ServerError, ProviderFault.UnknownOutcome)]
    [InlineData(FaultKind.Unavailable, ProviderFault.UnknownOutcome)]
    [InlineData(FaultKind.RevokedKey, ProviderFault.Unauthorized)]
    public async Task A_call_is_made_once_and_its_fault_says_whether_it_may_be_made_again(FaultKind kind, ProviderFault expected)
    {
        _rig.Account.Faults.Set(new Fault(kind) { Endpoint = Send, Times = 1 });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(3), Stop));

        Assert.Equal((expected, false), (fault.Fault, fault.MayRepeat));
        Assert.Equal(1, _rig.Account.Log.CountOf(Send));
    }

    [Fact]
    public async Task Too_many_calls_are_waited_out_and_sent_once()
    {
        _rig.Account.Faults.Set(new Fault(FaultKind.TooManyRequests) { Endpoint = Send, Times = 2 });

        await _rig.Provider.SendNowAsync(_rig.Connection, Order(2), Stop);

        Assert.All(_rig.Group.Deliveries("opt-1-triggered-7"), d => Assert.Equal(1, d.Value));
        Assert.Equal(2, _rig.Group.Deliveries("opt-1-triggered-7").Count);
    }

    [Fact]
    public async Task An_hour_without_calls_left_lets_nothing_begin()
    {
        _rig.Group.HourlyLimit = 1;
        await _rig.Provider.SendNowAsync(_rig.Connection, Order(1), Stop);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(1), Stop));

        Assert.Equal((ProviderFault.RateLimited, true), (fault.Fault, fault.MayRepeat));
        Assert.Equal(1, _rig.Account.Log.CountOf(Send));
    }

    [Fact]
    public async Task An_app_group_that_left_the_settings_and_a_stopped_campaign_are_refused()
    {
        _rig.Group.AddCampaign(new() { Id = "old", Name = "Optimove_Old", Enabled = false });

        var gone = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(1) with { ScopeId = "gone" }, Stop));
        var stopped = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(1) with { TemplateId = "old" }, Stop));

        Assert.Equal((ProviderFault.Misconfigured, ProviderFault.Rejected), (gone.Fault, stopped.Fault));
    }

    private TriggeredSend Order(int people) => new()
    {
        DispatchId = "opt-1-triggered-7", TemplateId = "spring", ScopeId = AppboyRig.Shop,
        Recipients = [.. _rig.Reachable(people).Select(c => new TriggeredRecipient(c, new Dictionary<string, string> { ["first_name"] = $"Ann {c[2..]}", ["page"] = "/shoes" }))],
    };
}
