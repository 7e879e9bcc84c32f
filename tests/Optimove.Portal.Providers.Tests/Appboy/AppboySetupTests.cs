using System.Reflection;
using System.Text.RegularExpressions;
using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Appboy;

/// <summary>What is Appboy's own about templates, the checklist and the settings form.</summary>
public sealed class AppboySetupTests : IAsyncLifetime
{
    private AppboyRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (AppboyRig)await AppboyRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_platform_of_each_campaign_is_shown_and_its_app_group_is_the_one_whose_access_listed_it()
    {
        Add("both", Platforms.Ios | Platforms.Android);
        _rig.Group.AddCampaign(new() { Id = "tested", Name = "With control", Platforms = Platforms.Android, HasControl = true });

        var templates = (await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop)).ToDictionary(t => t.Id);

        Assert.Equal(("iOS", "iOS and Android", "Android", "Android"), (templates["spring"].Platform, templates["both"].Platform, templates["tested"].Platform, templates["club"].Platform));
        Assert.Equal(new TemplateScope(AppboyRig.Shop, "Shop"), templates["spring"].Scope);
        Assert.Equal(new TemplateScope(AppboyRig.Club, "Club"), templates["club"].Scope);
        Assert.All(["spring", "both", "tested", "club"], id => Assert.Null(templates[id].Unusable));
    }

    [Fact]
    public void A_control_variation_counts_neither_for_the_platform_nor_against_the_campaign()
    {
        var campaign = new CampaignAnswer("Tested", false, false, true, "api_triggered", ["android_push", "email"],
            new Dictionary<string, VariationAnswer> { ["1"] = new("android_push", null), ["2"] = new("email", "control") });

        Assert.Equal(("Android", null), (AppboyTemplates.Platform(campaign), AppboyTemplates.Unusable(campaign)));
    }

    [Fact]
    public async Task Campaigns_come_from_every_page()
    {
        for (var i = 0; i < 250; i++) Add($"many-{i}", Platforms.Ios);

        Assert.Equal(253, (await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop)).DistinctBy(t => t.Id).Count());
    }

    [Fact]
    public async Task A_campaign_that_cannot_be_used_is_listed_with_the_reason()
    {
        _rig.Group.AddCampaign(new() { Id = "draft", Name = "Draft", Draft = true });
        _rig.Group.AddCampaign(new() { Id = "stopped", Name = "Stopped", Enabled = false });
        _rig.Group.AddCampaign(new() { Id = "weekly", Name = "Weekly", ScheduleType = "time_based" });
        _rig.Group.AddCampaign(new() { Id = "mixed", Name = "Push and mail", Channel = "email" });

        var templates = (await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop)).ToDictionary(t => t.Id, t => t.Unusable ?? "");

        Assert.Contains("still a draft", templates["draft"]);
        Assert.Contains("was stopped", templates["stopped"]);
        Assert.Contains("API-Triggered Delivery", templates["weekly"]);
        Assert.Contains("Only push campaigns", templates["mixed"]);
        Assert.Contains("Only push campaigns", templates["letter"]);
    }

    [Theory]
    [InlineData("api_triggered", true)]
    [InlineData("API-Triggered Delivery", true)]
    [InlineData("time_based", false)]
    [InlineData("action_triggered", false)]
    [InlineData(null, false)]
    public void The_assumed_word_for_API_triggered_delivery_is_matched_loosely(string? scheduleType, bool matches) =>
        Assert.Equal(matches, AppboyAssumptions.IsApiTriggered(scheduleType));

    [Fact]
    public async Task A_server_that_is_not_whitelisted_is_told_apart_from_a_wrong_key()
    {
        _rig.Account.Faults.Set(new Fault(FaultKind.AddressRefused));
        var (turnedAway, untold) = (await CheckAsync("whitelist"), await CheckAsync("groups"));
        _rig.Account.Faults.Clear();
        var (letIn, wrongKey) = (await CheckAsync("whitelist", _rig.Revoked), await CheckAsync("groups", _rig.Revoked));

        Assert.Equal((CheckState.Blocked, CheckState.Blocked), (turnedAway.State, untold.State));
        Assert.Contains("Appboy's support has to whitelist our IP addresses", turnedAway.Sentence);
        Assert.Contains("cannot be told yet", untold.Sentence);
        Assert.Equal((CheckState.Works, CheckState.Blocked), (letIn.State, wrongKey.State));
        Assert.Contains("REST key of the app group \"Shop\"", wrongKey.Sentence);
    }

    [Fact]
    public async Task The_app_user_mapping_is_checked_app_by_app()
    {
        var data = _rig.Data;

        Assert.Contains("club-ios 200", (await CheckAsync("apps", data: data)).Sentence);
        var some = await CheckAsync("apps", data: data with { CustomersPerApp = new Dictionary<string, long> { ["shop-ios"] = 5 } });
        Assert.Equal(CheckState.Attention, some.State);
        Assert.Contains("No customer uses shop-android, club-ios", some.Sentence);
        Assert.Equal(CheckState.Blocked, (await CheckAsync("apps", data: data with { CustomersPerApp = new Dictionary<string, long> { ["other"] = 5 } })).State);
        Assert.Equal(CheckState.Blocked, (await CheckAsync("apps", data: data with { CustomersPerApp = new Dictionary<string, long>() })).State);
        Assert.Equal(CheckState.Waiting, (await CheckAsync("apps", data: data with { CustomersPerApp = new Dictionary<string, long>(), Imported = null })).State);
    }

    [Theory]
    [InlineData(35, CheckState.Works)]
    [InlineData(37, CheckState.Attention)]
    [InlineData(null, CheckState.Waiting)]
    public async Task Data_older_than_36_hours_asks_for_attention(int? hours, CheckState state) =>
        Assert.Equal(state, (await CheckAsync("freshness", data: _rig.Data with { Imported = hours is { } old ? _rig.Clock.GetUtcNow().AddHours(-old) : null })).State);

    [Fact]
    public async Task An_app_group_without_a_usable_campaign_blocks_and_is_named()
    {
        _rig.Account.AddGroup(AppboyRig.Club, "Club");

        var check = await CheckAsync("campaigns");

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.Contains("Club has no API-triggered push campaign", check.Sentence);
        Assert.Contains("Shop: 1 of 2", check.Sentence);
    }

    [Theory]
    [InlineData(nameof(AppboySettings.Host), "https://rest.iad-03.braze.com", true)]
    [InlineData(nameof(AppboySettings.Host), "http://rest.iad-03.braze.com", false)]
    [InlineData(nameof(AppboySettings.AppGroups), "0c7a41d2; My Shop; ios-1, android-1", true)]
    [InlineData(nameof(AppboySettings.AppGroups), "0c7a41d2; My Shop", false)]
    [InlineData(nameof(AppboySettings.AppGroups), "0c7a41d2; My Shop; ", false)]
    [InlineData(nameof(AppboySettings.RestKeys), "0c7a41d2; 1f0c27aa-93d4", true)]
    [InlineData(nameof(AppboySettings.RestKeys), "1f0c27aa-93d4", false)]
    public void A_line_of_the_settings_is_right_or_refused(string name, string line, bool right)
    {
        var setting = typeof(AppboySettings).GetProperty(name)!.GetCustomAttribute<SettingAttribute>()!;

        Assert.Equal(right, Regex.IsMatch(line, $@"\A(?:{setting.Pattern})\z"));
        Assert.NotEmpty(setting.PatternSentence!);
    }

    private void Add(string id, Platforms platforms) => _rig.Group.AddCampaign(new() { Id = id, Name = id, Platforms = platforms });

    private Task<CheckResult> CheckAsync(string item, ProviderConnection? connection = null, DataFacts? data = null) =>
        _rig.Provider.CheckAsync(connection ?? _rig.Connection, item, new CheckInput((_, _) => Task.FromResult<IReadOnlyList<string>>([]), 0, _ => Task.FromResult(data ?? _rig.Data)), Stop);
}
