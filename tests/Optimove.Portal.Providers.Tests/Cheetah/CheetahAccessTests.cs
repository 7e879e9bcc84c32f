using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Cheetah;

/// <summary>Token, credentials and whitelist.</summary>
public sealed class CheetahAccessTests : IAsyncLifetime
{
    private CheetahRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (CheetahRig)await CheetahRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task One_token_serves_all_calls_until_shortly_before_its_eight_hours_are_over()
    {
        await TemplatesAsync();
        _rig.Clock.Advance(TimeSpan.FromHours(7.7));
        await TemplatesAsync();
        Assert.Equal(1, _rig.Account.TokensGiven);

        _rig.Clock.Advance(TimeSpan.FromMinutes(15));
        await TemplatesAsync();
        Assert.Equal(2, _rig.Account.TokensGiven);
    }

    [Fact]
    public async Task A_token_that_is_no_longer_taken_is_renewed_once_and_the_list_is_handed_over_again()
    {
        var (order, ledger) = (_rig.Order(2500), new TestLedger());
        await TemplatesAsync();
        _rig.Account.ForgetTokens();

        await _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(2500)), ledger, Stop);

        Assert.Equal(2, _rig.Account.TokensGiven);
        Assert.Equal(2500, (await _rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task A_fresh_token_that_is_not_taken_either_stops_for_a_person()
    {
        _rig.Account.Faults.Set(new Fault(FaultKind.RevokedKey) { Endpoint = "GET /api/Folder" });

        var fault = await Assert.ThrowsAsync<ProviderException>(TemplatesAsync);

        Assert.Equal(ProviderFault.Unauthorized, fault.Fault);
        Assert.Equal((2, 2), (_rig.Account.TokensGiven, (int)_rig.Account.Log.CountOf("GET /api/Folder")));
    }

    [Fact]
    public async Task A_missing_whitelist_entry_is_told_apart_from_wrong_credentials()
    {
        Assert.Equal((CheckState.Works, CheckState.Works), await CheckBothAsync(_rig.Connection));
        Assert.Equal((CheckState.Blocked, CheckState.Works), await CheckBothAsync(_rig.Revoked));

        _rig.Account.Switches = _rig.Account.Switches with { Whitelisted = false };
        Assert.Equal((CheckState.Waiting, CheckState.Blocked), await CheckBothAsync(_rig.Connection));
        var fault = await Assert.ThrowsAsync<ProviderException>(TemplatesAsync);
        Assert.Equal((ProviderFault.Unauthorized, false), (fault.Fault, fault.MayRepeat));
        Assert.Contains("whitelist", fault.Message);
    }

    [Fact]
    public async Task An_account_taken_off_the_whitelist_while_a_token_is_kept_is_noticed()
    {
        await TemplatesAsync();
        _rig.Account.Switches = _rig.Account.Switches with { Whitelisted = false };

        Assert.Contains("whitelist", (await Assert.ThrowsAsync<ProviderException>(TemplatesAsync)).Message);
    }

    [Fact]
    public async Task An_older_key_works_with_its_client_identifier_only()
    {
        _rig.Account.Switches = _rig.Account.Switches with { LegacyKey = true };

        await TemplatesAsync();
        var (credentials, _) = await CheckBothAsync(_rig.With(_rig.Settings with { ClientIdentifier = "another" }));

        Assert.Equal(CheckState.Blocked, credentials);
    }

    private Task<IReadOnlyList<ProviderTemplate>> TemplatesAsync() => _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop);

    private async Task<(CheckState Credentials, CheckState Whitelist)> CheckBothAsync(ProviderConnection connection) =>
        ((await CheckAsync(connection, "credentials")).State, (await CheckAsync(connection, "whitelist")).State);

    private Task<CheckResult> CheckAsync(ProviderConnection connection, string item) =>
        _rig.Provider.CheckAsync(connection, item, new CheckInput((_, _) => Task.FromResult<IReadOnlyList<string>>([]), 0, _ => Task.FromResult(_rig.Data)), Stop);
}
