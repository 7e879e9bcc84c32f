using Optimove.Portal.Providers.Cheetah;

namespace Optimove.Portal.Providers.Tests.Cheetah;

public sealed class CheetahChecklistTests : IAsyncLifetime
{
    private CheetahRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = (CheetahRig)await CheetahRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(1000, 1000, 6, CheckState.Works)]
    [InlineData(1000, 900, 6, CheckState.Attention)]
    [InlineData(1000, 400, 6, CheckState.Blocked)]
    [InlineData(1000, 1000, 40, CheckState.Attention)]
    [InlineData(0, 0, 6, CheckState.Waiting)]
    public async Task The_identifier_has_to_be_filled_in_data_of_the_last_36_hours(long customers, long filled, int hours, CheckState state) =>
        Assert.Equal(state, (await CheckAsync("identifier", data: _rig.Data with { Customers = customers, WithIdentity = filled, Imported = _rig.Clock.GetUtcNow().AddHours(-hours) })).State);

    [Fact]
    public async Task An_identifier_attribute_that_the_data_does_not_have_is_named()
    {
        var check = await CheckAsync("identifier", _rig.Settings with { IdentifierAttribute = "shop_no" }, _rig.Data with { Identity = null });

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.Contains("\"shop_no\"", check.Sentence);
    }

    [Fact]
    public async Task An_identifier_that_the_Data_Map_does_not_have_is_blocked_with_the_names_that_it_has()
    {
        var check = await CheckAsync("map-to", _rig.Settings with { IdentifierField = "customer_id" });

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.Contains("CUSTOMER_ID, FIRST_NAME, FAVOURITE", check.Sentence);
    }

    [Theory]
    [InlineData("FIRST_NAME; first_name\nFAVOURITE; favourite", CheckState.Works, "2 personalised fields")]
    [InlineData("FIRST_NAME; first_name\nSHOE_SIZE; favourite", CheckState.Blocked, "SHOE_SIZE")]
    [InlineData("FIRST_NAME; given_name", CheckState.Blocked, "given_name")]
    [InlineData("", CheckState.Works, "No personalised fields")]
    public async Task Personalised_fields_have_to_be_in_the_Data_Map_and_in_the_daily_data(string fields, CheckState state, string word)
    {
        var check = await CheckAsync("fields", _rig.Settings with { DataMapFields = fields });

        Assert.Equal(state, check.State);
        Assert.Contains(word, check.Sentence);
    }

    [Theory]
    [InlineData(100, CheckState.Works)]
    [InlineData(60, CheckState.Attention)]
    [InlineData(20, CheckState.Blocked)]
    public async Task The_share_of_customers_whom_Cheetah_knows_is_measured_on_a_sample(int percent, CheckState state)
    {
        var check = await CheckAsync("customers", sample: n => [.. _rig.Reachable(n * percent / 100), .. Enumerable.Range(0, n - n * percent / 100).Select(i => $"X-{i}")]);

        Assert.Equal(state, check.State);
        Assert.StartsWith($"{percent / 2} of 50 sampled customers", check.Sentence);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_blocks_and_one_without_a_usable_template_too()
    {
        _rig.Account.AddFolder(5, "Empty");
        _rig.Account.AddTemplate(5, "Old", "<p/>", eligibility: "ARCHIVED");

        Assert.Equal(CheckState.Blocked, (await CheckAsync("folder", _rig.Settings with { FolderId = "9" })).State);
        Assert.Equal(CheckState.Works, (await CheckAsync("folder", _rig.Settings with { FolderId = "5" })).State);
        Assert.Equal(CheckState.Blocked, (await CheckAsync("templates", _rig.Settings with { FolderId = "5" })).State);
        Assert.Contains("1 of 2 templates", (await CheckAsync("templates")).Sentence);
    }

    [Fact]
    public async Task A_Data_Map_of_another_account_an_unknown_one_and_an_unknown_zone_are_told()
    {
        Assert.Contains("not to 4411", (await CheckAsync("account", _rig.Settings with { CustId = "4411" })).Sentence);
        Assert.Contains("no Data Map with the ID 1", (await CheckAsync("account", _rig.Settings with { PropMapId = "1" })).Sentence);
        Assert.Contains("Europe/Paris", (await CheckAsync("account", _rig.Settings with { TimeZone = "Europe/Paris" })).Sentence);
    }

    private Task<CheckResult> CheckAsync(string item, CheetahSettings? settings = null, DataFacts? data = null, Func<int, IReadOnlyList<string>>? sample = null) =>
        _rig.Provider.CheckAsync(_rig.With(settings ?? _rig.Settings), item,
            new CheckInput((n, _) => Task.FromResult(sample?.Invoke(n) ?? []), 0, _ => Task.FromResult(data ?? _rig.Data)), TestContext.Current.CancellationToken);
}
