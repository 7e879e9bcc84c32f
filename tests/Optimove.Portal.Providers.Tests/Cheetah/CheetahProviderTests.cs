using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Cheetah;
using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.Cheetah;

/// <summary>What is Cheetah's own, beyond the contract.</summary>
public sealed class CheetahProviderTests : IAsyncLifetime
{
    private const int BeforeLaunch = 10;
    private const int BeforeApproval = 13;
    private CheetahRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (CheetahRig)await CheetahRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_import_holds_each_recipient_with_the_fields_of_the_Data_Map()
    {
        var connection = _rig.With(_rig.Settings with { DataMapFields = "FAVOURITE; favourite\nFIRST_NAME; first_name" });
        var order = _rig.Order(2);
        Recipient[] people = [new("1", "C-1000", ["Tea, green", "Ann"]), new("2", "C-1001", [null, "Bo \"B\" B"])];

        await _rig.Provider.SendAsync(connection, order, new[] { new RecipientChunk(1, people) }.ToAsyncEnumerable(), new TestLedger(), Stop);

        var import = Assert.Single(_rig.ImportsOf(order));
        Assert.Equal(["CUSTOMER_ID", "FAVOURITE", "FIRST_NAME"], import.Columns);
        Assert.Equal([["C-1000", "Tea, green", "Ann"], ["C-1001", "", "Bo \"B\" B"]], import.Sample);
        Assert.Equal(["favourite", "first_name"], _rig.Provider.AttributesOf(connection.Settings));
    }

    [Fact]
    public void The_attribute_that_fills_the_identifier_is_the_customer_id_unless_another_is_named()
    {
        Assert.Equal("customer_id", _rig.Provider.IdentityOf(_rig.Settings));
        Assert.Equal("shop_no", _rig.Provider.IdentityOf(_rig.Settings with { IdentifierAttribute = "shop_no" }));
    }

    [Fact]
    public async Task The_campaign_is_a_copy_of_the_template_under_the_orders_name_for_the_import_alone_at_the_local_time()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());

        await SendAsync(order, 10, ledger);

        var campaign = _rig.CampaignsOf(order).Single();
        Assert.Equal((CampaignStatus.Scheduled, (DateTimeOffset?)order.SendAt, 10), (campaign.Status, campaign.SendAt, campaign.Audience));
        var body = BodyOf(order);
        Assert.Equal(_rig.ImportsOf(order).Single().Id, (long)body["loadAndSendImportId"]!);
        Assert.Null(body["toFilterId"]);
        Assert.Equal(("<p>Spring</p>", "Spring", "Central_Standard_Time"),
            ((string)body["contBodies"]![0]!["body"]!, (string)body["emailMsgTemplate"]!["subject"]!, (string)body["campParam"]!["sendSchedule"]!["timeZone"]!));
        Assert.Equal(["upload/1", "import", "campaign", "launch", "approve"], ledger.Steps.Select(step => step.Name));
        Assert.All(ledger.Steps, step => Assert.NotEmpty(step.Answer!.ProviderId!));
        Assert.Equal(1, Assert.Single(ledger.Steps, step => step.Chunk is not null).Chunk);
    }

    [Fact]
    public async Task A_list_of_many_pieces_and_megabytes_arrives_whole()
    {
        var connection = _rig.With(_rig.Settings with { DataMapFields = "FAVOURITE; favourite" });
        var order = _rig.Order(10_000);
        var pieces = _rig.Reachable(10_000).Chunk(1000).Select(piece => new RecipientChunk(1, [.. piece.Select(id => new Recipient(id, id, [new string('é', 200)]))]));

        await _rig.Provider.SendAsync(connection, order, pieces.ToAsyncEnumerable(), new TestLedger(), Stop);

        Assert.Equal(10_000, _rig.ImportsOf(order).Single().Accepted);
        Assert.True(_rig.Account.Log.Recent().Single(c => c.Endpoint == CheetahRig.PostImport).Size > 4_000_000);
    }

    [Fact]
    public async Task Who_is_rejected_by_the_import_is_named_so_that_the_counts_reconcile()
    {
        var (order, ledger) = (_rig.Order(12), new TestLedger());

        await _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks([.. _rig.Reachable(10), "nobody", "No,body"]), ledger, Stop);

        Assert.Equal(["nobody", "No,body"], ledger.Rejections.Select(r => r.Address));
        Assert.Equal(10, (await _rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task An_import_that_fails_launches_nothing_and_after_the_settings_are_corrected_the_list_goes_in_anew()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        var wrong = _rig.With(_rig.Settings with { DataMapFields = "SHOE_SIZE; shoe_size" });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendAsync(wrong, order, _rig.Chunks(_rig.Reachable(10)), ledger, Stop));
        Assert.Equal(ProviderFault.Rejected, fault.Fault);
        Assert.Contains("SHOE_SIZE", fault.Message);
        Assert.Empty(_rig.CampaignsOf(order));
        await SendAsync(order, 10, ledger);

        Assert.Equal([false, true], _rig.ImportsOf(order).Select(i => i.Deleted));
        Assert.Equal(10, (await _rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task An_import_that_accepted_nobody_or_read_another_number_is_not_launched()
    {
        var (nobody, fewer) = (_rig.Order(2), _rig.Order(12));

        Assert.Contains("none of the 2", (await RefusedAsync(() => _rig.Provider.SendAsync(_rig.Connection, nobody, _rig.Chunks(["X-1", "X-2"]), new TestLedger(), Stop))).Message);
        Assert.Contains("10 recipients instead of the 12", (await RefusedAsync(() => SendAsync(fewer, 10, new TestLedger()))).Message);

        Assert.Empty(_rig.CampaignsOf(nobody).Concat(_rig.CampaignsOf(fewer)));
    }

    [Theory]
    [InlineData(BeforeLaunch, "no import")]
    [InlineData(BeforeLaunch, "another import")]
    [InlineData(BeforeLaunch, "a filter")]
    [InlineData(BeforeApproval, "no import")]
    public async Task A_campaign_that_would_go_to_others_than_the_import_is_never_launched_or_approved(int moment, string change)
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        await DieAsync(order, ledger, moment);
        _rig.Account.Tamper(_rig.CampaignsOf(order).Single().Id, body =>
        {
            if (change == "no import") body.Remove("loadAndSendImportId");
            else if (change == "another import") body["loadAndSendImportId"] = 1;
            else body["toFilterId"] = 55;
        });

        var fault = await RefusedAsync(() => SendAsync(order, 10, ledger));

        Assert.Contains("might go to every customer", fault.Message);
        Assert.Contains(_rig.StatusOf(order), new[] { CampaignStatus.Draft, CampaignStatus.Calculating, CampaignStatus.WaitingForApproval });
    }

    [Fact]
    public async Task A_send_time_that_moved_before_the_launch_is_the_campaigns_time()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        await DieAsync(order, ledger, BeforeLaunch);
        var later = order with { SendAt = order.SendAt.AddMinutes(25) };

        await SendAsync(later, 10, ledger);

        Assert.Equal(later.SendAt, _rig.CampaignsOf(order).Single().SendAt);
        Assert.Equal("<p>Spring</p>", (string)BodyOf(order)["contBodies"]![0]!["body"]!);
    }

    [Theory]
    [InlineData(CheetahRig.PostImport)]
    [InlineData(CheetahRig.PostCampaign)]
    [InlineData(CheetahRig.Launch)]
    [InlineData(CheetahRig.Approve)]
    public async Task A_call_made_again_after_its_answer_was_lost_finds_what_the_first_one_did(string write)
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        _rig.LoseAnswer(write, 1);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 10, ledger));
        await ledger.SettleAsync(ledger.Steps.Single(s => s.State == StepState.Unknown).Name, null, Stop);

        await SendAsync(order, 10, ledger);

        Assert.Equal((1, 1, 10), (_rig.ImportsOf(order).Count, _rig.CampaignsOf(order).Count, (await _rig.MessagesOfAsync(order)).Count));
    }

    [Fact]
    public async Task What_somebody_took_back_in_Cheetah_stays_unknown_until_a_person_decides()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        _rig.LoseAnswer(CheetahRig.Approve, 1);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, 10, ledger));
        _rig.Account.DeleteCampaign(_rig.CampaignsOf(order).Single().Id);

        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);

        Assert.Equal(StepState.Unknown, ledger.Steps.Single(s => s.Name == CheetahSteps.Approve).State);
    }

    [Fact]
    public async Task An_import_and_a_calculation_that_take_long_are_waited_for_later_and_not_made_again()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        order = order with { SendAt = order.SendAt.AddHours(1) };
        var quick = _rig.Create(options => options.ReadyWithin = TimeSpan.FromMilliseconds(100));
        _rig.Account.Switches = _rig.Account.Switches with { ImportTakes = TimeSpan.FromMinutes(5), CalculationTakes = TimeSpan.FromMinutes(5) };

        Assert.True((await FailAsync()).MayRepeat);
        _rig.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("being calculated", (await FailAsync()).Message);
        _rig.Clock.Advance(TimeSpan.FromMinutes(6));
        await quick.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(10)), ledger, Stop);

        Assert.Equal((1, 10), (_rig.ImportsOf(order).Count, (await _rig.MessagesOfAsync(order)).Count));

        Task<ProviderException> FailAsync() => Assert.ThrowsAsync<ProviderException>(() => quick.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(10)), ledger, Stop));
    }

    [Fact]
    public async Task The_recipients_are_enumerated_again_when_the_import_is_tried_again()
    {
        var (order, enumerations) = (_rig.Order(10), 0);
        _rig.Account.Faults.Set(new Fault(FaultKind.TooManyRequests) { Endpoint = CheetahRig.PostImport, Times = 2 });

        await _rig.Provider.SendAsync(_rig.Connection, order, Counted(), new TestLedger(), Stop);

        Assert.Equal((3, 10), (enumerations, _rig.ImportsOf(order).Single().Accepted));

        async IAsyncEnumerable<RecipientChunk> Counted()
        {
            enumerations++;
            await foreach (var piece in _rig.Chunks(_rig.Reachable(10))) yield return piece;
        }
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_to_its_end_makes_no_import()
    {
        var (order, ledger) = (_rig.Order(2000), new TestLedger());

        await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.Provider.SendAsync(_rig.Connection, order, Broken(), ledger, Stop));
        ledger.Restart();
        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        Assert.Empty(_rig.ImportsOf(order));
        await SendAsync(order, 2000, ledger);

        Assert.Equal(2000, (await _rig.MessagesOfAsync(order)).Count);

        async IAsyncEnumerable<RecipientChunk> Broken()
        {
            await foreach (var piece in _rig.Chunks(_rig.Reachable(1000))) yield return piece;
            throw new InvalidOperationException("The database went away.");
        }
    }

    [Fact]
    public async Task A_passed_time_and_an_unknown_zone_are_refused_before_anything_is_made()
    {
        var order = _rig.Order(10);
        foreach (var (connection, wrong) in ((ProviderConnection, SendOrder)[])
            [(_rig.Connection, order with { SendAt = order.SendAt.AddDays(-1) }), (_rig.With(_rig.Settings with { TimeZone = "Nowhere" }), order)])
        {
            var ledger = new TestLedger();
            var fault = await Assert.ThrowsAsync<ProviderException>(() => _rig.Provider.SendAsync(connection, wrong, _rig.Chunks(_rig.Reachable(10)), ledger, Stop));
            Assert.Equal((ProviderFault.Misconfigured, 0), (fault.Fault, ledger.Steps.Count));
        }
    }

    [Fact]
    public async Task Templates_are_the_campaigns_of_the_folder_without_those_that_were_made_here()
    {
        _rig.Account.AddFolder(5, "Other");
        _rig.Account.AddTemplate(5, "Elsewhere", "<p/>");
        _rig.Account.AddTemplate(CheetahRig.FolderId, "Old", "<p/>", eligibility: "ARCHIVED");
        await SendAsync(_rig.Order(10), 10, new TestLedger());
        await SendAsync(_rig.Order(10) with { DispatchId = "by another name" }, 10, new TestLedger());

        var templates = await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop);

        Assert.Equal(["Old", "Spring", "Welcome"], templates.Select(t => t.Name));
        Assert.Equal("<p>Spring</p>", templates[1].Html);
        Assert.Contains("archived", templates[0].Unusable);
    }

    private Task SendAsync(SendOrder order, int people, TestLedger ledger) =>
        _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(people)), ledger, Stop);

    private async Task DieAsync(SendOrder order, TestLedger ledger, int moment)
    {
        ledger.DieAt(moment);
        await Assert.ThrowsAsync<ProcessDiedException>(() => SendAsync(order, order.Recipients, ledger));
        ledger.Restart();
    }

    private static async Task<ProviderException> RefusedAsync(Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<ProviderException>(act);
        Assert.Equal(ProviderFault.Rejected, refused.Fault);
        return refused;
    }

    private JsonObject BodyOf(SendOrder order)
    {
        JsonObject? copy = null;
        _rig.Account.Tamper(_rig.CampaignsOf(order).Single().Id, body => copy = body.DeepClone().AsObject());
        return copy!;
    }
}
