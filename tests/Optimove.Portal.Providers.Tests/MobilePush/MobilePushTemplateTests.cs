using Optimove.Portal.Providers.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;

namespace Optimove.Portal.Providers.Tests.MobilePush;

/// <summary>Which messages become templates, for which business unit and app.</summary>
public sealed class MobilePushTemplateTests : IAsyncLifetime
{
    private MobilePushRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (MobilePushRig)await MobilePushRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_prefix_rule_maps_each_message_to_the_business_unit_whose_prefix_its_name_begins_with_and_lists_the_others_as_unusable()
    {
        _rig.Account.AddMessage(MobilePushRig.Message(11, "uk_lower case"));
        _rig.Account.AddMessage(MobilePushRig.Message(12, "DE_in the wrong unit"));
        _rig.Account.AddMessage(MobilePushRig.Message(13, "FR_Spring"));

        var templates = await TemplatesAsync(_rig.Connection);

        Assert.Equal(
            [("DE_Spring", MobilePushRig.DeMid), ("UK_Spring", MobilePushRig.UkMid), ("uk_lower case", MobilePushRig.UkMid)],
            templates.Where(t => t.Unusable is null).Select(t => (t.Name, t.Id.Split('/')[0])).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Contains("no known template prefix (UK_, DE_)", templates.Single(t => t.Name == "FR_Spring").Unusable);
        Assert.Contains("prefix of Germany", templates.Single(t => t.Name == "DE_in the wrong unit").Unusable);
    }

    [Theory]
    [InlineData("1; UK; UK_\n2; UK VIP; UK_VIP_", "begins the prefix")]
    [InlineData("1; UK VIP; UK_VIP_\n2; UK; uk_", "begins the prefix")]
    [InlineData("1; UK; UK_\n2; Other; uk_", "the same template prefix")]
    [InlineData("1; UK; UK_\n1; Other; DE_", "entered twice")]
    [InlineData("1; UK", "is no business unit")]
    public async Task The_prefix_rule_refuses_two_prefixes_of_which_one_begins_the_other_wherever_the_settings_are_used(string units, string words)
    {
        var connection = _rig.With(units: units);

        var check = await _rig.Provider.CheckAsync(connection, "units", Input(), Stop);
        var listing = await Assert.ThrowsAsync<ProviderException>(() => TemplatesAsync(connection));
        var sending = await Assert.ThrowsAsync<ProviderException>(() =>
            _rig.Provider.SendAsync(connection, _rig.Order(1), _rig.Chunks(_rig.Reachable(1)), new Testing.TestLedger(), Stop));

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.All([check.Sentence, listing.Message, sending.Message, _rig.Provider.ProblemOf(connection.Settings)!], sentence => Assert.Contains(words, sentence));
        Assert.Equal((ProviderFault.Misconfigured, ProviderFault.Misconfigured), (listing.Fault, sending.Fault));
        Assert.Null(_rig.Provider.ProblemOf(_rig.Connection.Settings));
    }

    [Fact]
    public async Task Without_business_units_the_accounts_own_messages_need_no_prefix()
    {
        _rig.Account.AddApp(new PushApp(MobilePushRig.UkApp, "Shop", _rig.Account.Mid));
        _rig.Account.AddMessage(new PushMessage { Id = PushMessage.IdOf(20), Name = "Summer", Mid = _rig.Account.Mid, AppId = MobilePushRig.UkApp });
        var connection = _rig.With(apps: $"{MobilePushRig.UkApp}; Shop", units: null);
        var order = _rig.Order(10, PushMessage.IdOf(20));

        var template = Assert.Single(await TemplatesAsync(connection));
        await _rig.Provider.SendAsync(connection, order, _rig.Chunks(_rig.Reachable(10)), new Testing.TestLedger(), Stop);

        Assert.Equal((order.TemplateId, null), (template.Id, template.Unusable));
        Assert.Equal(10, (await _rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task Only_active_outbound_API_triggered_messages_are_listed_and_of_them_only_those_to_All_Users_can_be_chosen()
    {
        _rig.Account.AddMessage(Like(30, type: 8));
        _rig.Account.AddMessage(Like(31, type: 3));
        _rig.Account.AddMessage(Like(32, initiator: 0));
        _rig.Account.AddMessage(Like(33, initiator: 3));
        _rig.Account.AddMessage(Like(34, status: 1));
        _rig.Account.AddMessage(Like(35, lists: ["VIP"]));

        var templates = await TemplatesAsync(_rig.Connection);

        Assert.Equal(["DE_Spring", "Spring without prefix", "UK_35", "UK_Spring"], templates.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Contains("All Users", templates.Single(t => t.Name == "UK_35").Unusable);
        Assert.Equal(["UK_32"], (await TemplatesAsync(_rig.With(mark: "0"))).Select(t => t.Name));
    }

    [Fact]
    public async Task A_template_belongs_to_its_app_under_the_name_of_the_settings_and_says_for_which_platform_it_is()
    {
        var templates = await TemplatesAsync(_rig.With(apps: $"{MobilePushRig.UkApp.ToUpperInvariant()}; The shop"));

        var (uk, de) = (templates.Single(t => t.Name == "UK_Spring"), templates.Single(t => t.Name == "DE_Spring"));
        Assert.Equal((new(MobilePushRig.UkApp.ToUpperInvariant(), "The shop"), "iOS and Android", null), (uk.Scope!, uk.Platform, uk.Unusable));
        Assert.Equal((new(MobilePushRig.DeApp, "Shop DE"), "iOS"), (de.Scope!, de.Platform));
        Assert.Contains("Shop DE, which is not among the apps", de.Unusable);
        Assert.Contains("Spring is here &amp; now", uk.Html);
        Assert.InRange(uk.ChangedAt!.Value, _rig.Clock.GetUtcNow().AddMinutes(-5), _rig.Clock.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task Messages_come_from_every_page()
    {
        for (var number = 1000; number < 1130; number++) _rig.Account.AddMessage(MobilePushRig.Message(number, $"UK_{number}"));

        var templates = await TemplatesAsync(_rig.Connection);

        Assert.Equal(133, templates.DistinctBy(t => t.Id).Count());
    }

    [Theory]
    [InlineData("2026-03-01T04:00:00", "2026-03-01T10:00:00Z")]
    [InlineData("2026-07-01T04:00:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-03-29T20:30:00Z", "2026-03-29T20:30:00Z")]
    [InlineData("", null)]
    public void The_servers_time_is_six_hours_behind_UTC_all_year_round(string text, string? utc)
    {
        var read = ServerTime.Read(text);

        Assert.Equal(utc is null ? null : DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), read);
        if (read is { } time && !text.EndsWith('Z')) Assert.Equal(text[..16].Replace('T', ' '), ServerTime.Write(time));
    }

    private Task<IReadOnlyList<ProviderTemplate>> TemplatesAsync(ProviderConnection connection) => _rig.Provider.GetTemplatesAsync(connection, Stop);

    private CheckInput Input() => new((_, _) => Task.FromResult<IReadOnlyList<string>>([]), 0, _ => Task.FromResult(_rig.Data));

    private static PushMessage Like(int number, int type = 1, int initiator = 1, int status = 2, string[]? lists = null) => new()
    {
        Id = PushMessage.IdOf(number),
        Name = $"UK_{number}",
        Mid = MobilePushRig.UkMid,
        AppId = MobilePushRig.UkApp,
        MessageType = type,
        SendInitiator = initiator,
        Status = status,
        InclusionLists = lists ?? [],
    };
}
