using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.MobilePush;

/// <summary>Sending to named people at once.</summary>
public sealed class MobilePushAtOnceTests : IAsyncLifetime
{
    private MobilePushRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (MobilePushRig)await MobilePushRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_message_goes_to_the_keys_at_once()
    {
        var answer = await _rig.Provider.SendNowAsync(_rig.Connection, Order(500), Stop);

        var send = Assert.Single(_rig.Account.SendsOf(PushMessage.IdOf(1)));
        Assert.Equal((answer.ProviderId, null), (send.TokenId, send.SendTime));
        Assert.Equal(_rig.Reachable(500).Order(), _rig.Account.Deliveries(PushMessage.IdOf(1)).Keys.Order());
    }

    [Fact]
    public async Task More_people_than_a_call_takes_are_never_in_one_call()
    {
        var most = _rig.Provider.Info.AtOnce!.Recipients;

        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(most + 1), Stop));

        Assert.Equal((ProviderFault.Misconfigured, false), (fault.Fault, _rig.Provider.Info.AtOnce.PersonalValues));
        Assert.Equal(0, _rig.Account.Log.CountOf(MobilePushRig.Send));
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, ProviderFault.UnknownOutcome, 1)]
    [InlineData(FaultKind.Unavailable, ProviderFault.UnknownOutcome, 1)]
    [InlineData(FaultKind.RevokedKey, ProviderFault.Unauthorized, 2)]
    public async Task A_call_is_made_again_only_where_it_surely_had_no_effect(FaultKind kind, ProviderFault expected, int calls)
    {
        _rig.Account.Faults.Set(new Fault(kind) { Endpoint = MobilePushRig.Send });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(3), Stop));

        Assert.Equal((expected, calls), (fault.Fault, (int)_rig.Account.Log.CountOf(MobilePushRig.Send)));
    }

    [Fact]
    public async Task A_unit_that_left_the_settings_and_a_message_that_was_stopped_are_refused()
    {
        var gone = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(1) with { TemplateId = $"999/{PushMessage.IdOf(1)}" }, Stop));
        _rig.Account.Deactivate(PushMessage.IdOf(1));
        var stopped = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendNowAsync(_rig.Connection, Order(1), Stop));

        Assert.Equal((ProviderFault.Misconfigured, ProviderFault.Rejected), (gone.Fault, stopped.Fault));
    }

    private TriggeredSend Order(int people) => new()
    {
        DispatchId = "opt-1-triggered-7", TemplateId = _rig.Template, ScopeId = MobilePushRig.UkApp,
        Recipients = [.. _rig.Reachable(people).Select(key => new TriggeredRecipient(key, new Dictionary<string, string>()))],
    };
}
