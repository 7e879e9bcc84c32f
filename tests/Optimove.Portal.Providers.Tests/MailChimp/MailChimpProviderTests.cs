using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Templates;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Providers.Tests.MailChimp;

/// <summary>What is MailChimp's own, beyond the contract.</summary>
public sealed class MailChimpProviderTests : IAsyncLifetime
{
    private MailChimpRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (MailChimpRig)await MailChimpRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Who_is_not_in_the_list_or_not_subscribed_is_rejected_with_that_reason_under_the_address_handed_over()
    {
        _rig.Account.AddMembers(MailChimpRig.ListId, ["left@shop.test"], MemberStatus.Unsubscribed);
        _rig.Account.AddMembers(MailChimpRig.ListId, ["dead@shop.test"], MemberStatus.Cleaned);
        var ledger = new TestLedger();

        await SendAsync(_rig.Order(4), [.. _rig.Reachable(1), "Gone@Nowhere.test", "LEFT@shop.test", "dead@shop.test"], ledger);

        Assert.Equal(
            [new("Gone@Nowhere.test", "not in the MailChimp list"), new("LEFT@shop.test", "unsubscribed in MailChimp"), new("dead@shop.test", "cleaned in MailChimp")],
            ledger.Rejections.OrderBy(r => r.Reason == "not in the MailChimp list" ? 0 : 1).ThenBy(r => r.Address.ToUpperInvariant()[0] == 'L' ? 0 : 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chunk_that_was_added_before_gives_the_same_answer_again_however_MailChimp_answers_repeats(bool repeatsAreErrors)
    {
        _rig.Account.RepeatsAreErrors = repeatsAreErrors;
        _rig.Account.AddMembers(MailChimpRig.ListId, ["left@shop.test"], MemberStatus.Unsubscribed);
        string[] people = [.. _rig.Reachable(20), "left@shop.test", _rig.Unknown];
        var order = _rig.Order(people.Length);
        var ledger = new TestLedger();
        _rig.LoseAnswer("POST /lists/{list_id}/segments/{segment_id}", 1);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, people, ledger));

        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        await SendAsync(order, people, ledger);

        Assert.Equal(["left@shop.test", _rig.Unknown], ledger.Rejections.Select(r => r.Address).OrderDescending());
        Assert.Equal(20, (await _rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task Segment_and_campaign_bear_the_orders_name_and_the_campaign_goes_to_the_segment_at_the_time_with_the_template_and_subject()
    {
        var order = _rig.Order(10) with { PreviewText = "Have a look" };

        await SendAsync(order, _rig.Reachable(10), new TestLedger());

        var campaign = Assert.Single(await _rig.CampaignsAsync(order))!;
        var segment = Assert.Single(await _rig.SegmentsAsync(order))!;
        Assert.Equal((int)segment["id"]!, (int)campaign["recipients"]!["segment_opts"]!["saved_segment_id"]!);
        Assert.Equal(("schedule", order.SendAt), ((string)campaign["status"]!, (DateTimeOffset)campaign["send_time"]!));
        var settings = campaign["settings"]!;
        Assert.Equal((order.Subject, "Have a look", "Shop", "news@shop.test", 10023),
            ((string?)settings["subject_line"], (string?)settings["preview_text"], (string?)settings["from_name"], (string?)settings["reply_to"], (int)settings["template_id"]!));
    }

    [Fact]
    public async Task A_time_off_the_quarter_hour_in_the_past_or_a_missing_subject_is_refused_before_anything_is_made()
    {
        var order = _rig.Order(10);

        await RefusedAsync(order with { SendAt = order.SendAt.AddMinutes(1) }, ProviderFault.Misconfigured, "quarter hours");
        await RefusedAsync(order with { SendAt = order.SendAt.AddDays(-1) }, ProviderFault.Misconfigured, "has passed");
        await RefusedAsync(order with { Subject = " " }, ProviderFault.Misconfigured, "Manage Templates");

        Assert.Equal(0, await _rig.LeftoversOfAsync(order));
    }

    [Fact]
    public async Task A_template_that_was_deleted_at_MailChimp_is_refused_by_name()
    {
        _rig.Account.DeleteTemplate(10023);

        await RefusedAsync(_rig.Order(10), ProviderFault.Misconfigured, "\"Spring\"", "deleted");
    }

    [Fact]
    public async Task An_order_whose_recipients_are_all_unknown_to_the_list_is_not_scheduled()
    {
        var order = _rig.Order(2);

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, ["a@nowhere.test", "b@nowhere.test"], new TestLedger()));

        Assert.Equal(ProviderFault.Rejected, fault.Fault);
        Assert.Empty(await _rig.CampaignsAsync(order));
    }

    [Fact]
    public async Task A_segment_that_somebody_added_people_to_is_not_mailed()
    {
        var order = _rig.Order(500);
        var ledger = new TestLedger();
        ledger.DieAt(6); // the only chunk was added, its answer not recorded
        await Assert.ThrowsAsync<ProcessDiedException>(() => SendAsync(order, _rig.Reachable(500), ledger));
        ledger.Restart();
        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        var segment = $"lists/{MailChimpRig.ListId}/segments/{ledger.Steps[0].Answer!.ProviderId}";
        await _rig.PostAsync(segment, """{"members_to_add":["customer4000@mail3.test"]}""");
        // MailChimp counts late: until then nobody could know.
        while ((int)(await _rig.GetAsync(segment))["member_count"]! != 501) Stop.ThrowIfCancellationRequested();

        var fault = await Assert.ThrowsAsync<ProviderException>(() => Quick().SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(500)), ledger, Stop));

        Assert.Equal(ProviderFault.Rejected, fault.Fault);
        Assert.Contains("501 members, more than the 500", fault.Message);
        Assert.Empty(await _rig.CampaignsAsync(order));
    }

    [Fact]
    public async Task A_sender_that_is_not_verified_is_named_as_the_reason_by_the_checklist_and_by_the_push()
    {
        var connection = _rig.With(_rig.Account.ApiKey, replyTo: "news@other.test");
        var order = _rig.Order(10);

        var check = await _rig.Provider.CheckAsync(connection, "sender", Input(), Stop);
        var fault = await Assert.ThrowsAsync<ProviderException>(() => Quick().SendAsync(connection, order, _rig.Chunks(_rig.Reachable(10)), new TestLedger(), Stop));

        Assert.Equal(CheckState.Blocked, check.State);
        Assert.Contains("other.test", check.Sentence);
        Assert.Equal(ProviderFault.Rejected, fault.Fault);
        Assert.Contains("reply-to address is not verified", fault.Message);
    }

    [Fact]
    public async Task A_list_that_does_not_exist_blocks_and_an_empty_one_asks_for_attention()
    {
        _rig.Account.AddList("empty", "Nobody yet");

        Assert.Equal(CheckState.Blocked, (await _rig.Provider.CheckAsync(_rig.With(_rig.Account.ApiKey, "nolist"), "list", Input(), Stop)).State);
        Assert.Equal(CheckState.Attention, (await _rig.Provider.CheckAsync(_rig.With(_rig.Account.ApiKey, "empty"), "list", Input(), Stop)).State);
        Assert.Contains("5,000 members", (await _rig.Provider.CheckAsync(_rig.Connection, "list", Input(), Stop)).Sentence);
    }

    [Theory]
    [InlineData(100, CheckState.Works)]
    [InlineData(60, CheckState.Attention)]
    [InlineData(20, CheckState.Blocked)]
    public async Task The_share_of_customers_in_the_list_is_measured_on_a_sample(int percent, CheckState state)
    {
        var input = Input(n => [.. _rig.Reachable(n * percent / 100), .. Enumerable.Range(0, n - n * percent / 100).Select(i => $"x{i}@nowhere.test")]);

        var check = await _rig.Provider.CheckAsync(_rig.Connection, "share", input, Stop);

        Assert.Equal(state, check.State);
        Assert.StartsWith($"{2 * percent} of 200 sampled addresses", check.Sentence);
    }

    [Fact]
    public async Task Templates_come_from_every_page()
    {
        for (var id = 1; id <= 1500; id++)
            _rig.Account.AddTemplate(new MailTemplate { Id = id, Name = $"T{id}", Html = "<p/>" });

        var templates = await _rig.Provider.GetTemplatesAsync(_rig.Connection, Stop);

        Assert.Equal(1502, templates.DistinctBy(t => t.Id).Count());
        Assert.Equal("T1500", templates.Single(t => t.Id == "1500").Name);
    }

    [Fact]
    public async Task A_campaign_in_the_middle_of_sending_is_stopped_where_the_account_may_and_too_late_where_it_may_not()
    {
        _rig.Account.SendingTakes = TimeSpan.FromMinutes(30);
        foreach (var may in (bool[])[true, false])
        {
            _rig.Account.CanCancelSend = may;
            var order = _rig.Order(100);
            var ledger = new TestLedger();
            await SendAsync(order, _rig.Reachable(100), ledger);
            _rig.AdvanceInto(order);

            var cancelled = await _rig.Provider.CancelAsync(_rig.Connection, order, ledger, Stop);

            Assert.Equal(may ? CancelState.Cancelled : CancelState.TooLate, cancelled.State);
        }
    }

    [Fact]
    public async Task A_schedule_that_somebody_took_back_at_MailChimp_stays_unknown_until_a_person_decides()
    {
        var order = _rig.Order(10);
        var ledger = new TestLedger();
        _rig.LoseAnswer("POST /campaigns/{campaign_id}/actions/schedule", 1);
        await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, _rig.Reachable(10), ledger));
        _rig.AdvanceInto(order);
        var id = (string)(await _rig.CampaignsAsync(order))[0]!["id"]!;
        await _rig.PostAsync($"campaigns/{id}/actions/cancel-send", "{}");

        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);

        Assert.Equal(StepState.Unknown, ledger.Steps.Single(s => s.Name == "schedule").State);
    }

    [Fact]
    public async Task Delivered_is_what_was_sent_less_every_bounce()
    {
        var order = _rig.Order(5000);
        var ledger = new TestLedger();
        await SendAsync(order, _rig.Reachable(5000), ledger);
        _rig.AdvancePast(order);
        _rig.Clock.Advance(TimeSpan.FromDays(7));

        var metrics = (await _rig.Provider.GetMetricsAsync(_rig.Connection, order, ledger, Stop))!;

        Assert.InRange(metrics.Bounced!.Value, 1, 500);
        Assert.Equal(metrics.Sent - metrics.Bounced, metrics.Delivered);
        Assert.True(metrics.UniqueOpens <= metrics.TotalOpens && metrics.UniqueClicks <= metrics.UniqueOpens);
    }

    [Fact]
    public async Task A_server_fault_while_the_campaign_is_made_is_unknown_and_settled_by_asking()
    {
        var order = _rig.Order(10);
        var ledger = new TestLedger();
        _rig.Account.Faults.Set(new Fault(FaultKind.ServerError) { Endpoint = "POST /campaigns", Times = 1 });

        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, _rig.Reachable(10), ledger));
        await _rig.Provider.ReconcileAsync(_rig.Connection, order, ledger, Stop);
        await SendAsync(order, _rig.Reachable(10), ledger);

        Assert.Equal(ProviderFault.UnknownOutcome, fault.Fault);
        Assert.Single(await _rig.CampaignsAsync(order));
    }

    private Task SendAsync(SendOrder order, IReadOnlyList<string> people, TestLedger ledger) =>
        _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(people), ledger, Stop);

    private async Task RefusedAsync(SendOrder order, ProviderFault fault, params string[] words)
    {
        var ledger = new TestLedger();
        var refused = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, _rig.Reachable(10), ledger));
        Assert.Equal(fault, refused.Fault);
        Assert.All(words, word => Assert.Contains(word, refused.Message));
        Assert.Empty(ledger.Steps);
    }

    /// <summary>The same provider with less patience for what will not become ready.</summary>
    private IProvider Quick() => _rig.Create(options => options.ReadyWithin = TimeSpan.FromSeconds(2));

    private CheckInput Input(Func<int, IReadOnlyList<string>>? sample = null) => new((n, _) => Task.FromResult(sample?.Invoke(n) ?? []), TemplatesWithSubject: 1, _ => Task.FromResult(_rig.Data));
}
