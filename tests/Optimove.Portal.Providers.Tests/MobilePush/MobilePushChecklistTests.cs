namespace Optimove.Portal.Providers.Tests.MobilePush;

/// <summary>What the checklist says of an account and of data that are not sound.</summary>
public sealed class MobilePushChecklistTests : IAsyncLifetime
{
    private MobilePushRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = (MobilePushRig)await MobilePushRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Wrong_credentials_refused_addresses_and_missing_permissions_are_told_apart()
    {
        var wrong = await CheckAsync("access", _rig.Revoked);
        _rig.Account.Scopes.Remove("push_send");
        var withoutSending = await CheckAsync("access", _rig.Connection);
        _rig.Account.RefusesAddresses = true;
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        var refused = await CheckAsync("access", _rig.Connection);

        Assert.All([wrong, withoutSending, refused], check => Assert.Equal(CheckState.Blocked, check.State));
        Assert.Contains("client ID and secret", wrong.Sentence);
        Assert.Contains("without the permission push_send", withoutSending.Sentence);
        Assert.Contains("does not let our addresses in", refused.Sentence);
    }

    [Fact]
    public async Task A_business_unit_without_access_is_named()
    {
        var check = await CheckAsync("units", _rig.With(units: $"{MobilePushRig.Units}\n999; France; FR_"));

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.Contains("France (999)", check.Sentence);
    }

    [Fact]
    public async Task An_app_that_MobilePush_does_not_know_and_an_app_without_a_message_are_named()
    {
        var connection = _rig.With(apps: $"{MobilePushRig.Apps}\n00000000-0000-0000-0000-000000000000; Ghost");

        var apps = await CheckAsync("apps", connection);
        var messages = await CheckAsync("messages", connection);
        var none = await CheckAsync("messages", _rig.With(apps: "00000000-0000-0000-0000-000000000000; Ghost"));

        Assert.Equal((CheckState.Blocked, CheckState.Attention, CheckState.Blocked), (apps.State, messages.State, none.State));
        Assert.All([apps, messages, none], check => Assert.Contains("Ghost", check.Sentence));
    }

    [Theory]
    [InlineData(1000, 990, 6, CheckState.Works, CheckState.Works)]
    [InlineData(1000, 400, 37, CheckState.Attention, CheckState.Attention)]
    [InlineData(1000, 0, 6, CheckState.Blocked, CheckState.Works)]
    [InlineData(0, 0, 6, CheckState.Waiting, CheckState.Works)]
    public async Task The_Contact_Key_must_be_filled_and_the_data_of_the_last_day_and_a_half(int customers, int filled, int hours, CheckState key, CheckState fresh)
    {
        var data = _rig.Data with { Customers = customers, WithIdentity = filled, Imported = _rig.Clock.GetUtcNow().AddHours(-hours) };

        Assert.Equal((key, fresh), ((await CheckAsync("contact-key", _rig.Connection, data)).State, (await CheckAsync("freshness", _rig.Connection, data)).State));
    }

    [Fact]
    public async Task Data_without_a_Contact_Key_attribute_blocks_and_data_that_never_came_is_waited_for()
    {
        var data = _rig.Data with { Identity = null, Imported = null };

        Assert.Equal((CheckState.Blocked, CheckState.Waiting), ((await CheckAsync("contact-key", _rig.Connection, data)).State, (await CheckAsync("freshness", _rig.Connection, data)).State));
    }

    private Task<CheckResult> CheckAsync(string item, ProviderConnection connection, DataFacts? data = null) => _rig.Provider.CheckAsync(
        connection, item, new CheckInput((_, _) => Task.FromResult<IReadOnlyList<string>>([]), 0, _ => Task.FromResult(data ?? _rig.Data)), TestContext.Current.CancellationToken);
}
