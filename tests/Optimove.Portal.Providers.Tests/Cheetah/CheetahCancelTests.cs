using Optimove.Portal.Providers.Tests.Testing;
using Optimove.Portal.Twins.Cheetah.Campaigns;

namespace Optimove.Portal.Providers.Tests.Cheetah;

public sealed class CheetahCancelTests : IAsyncLifetime
{
    private CheetahRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = (CheetahRig)await CheetahRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_campaign_that_was_not_launched_is_deleted_without_a_pause()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        ledger.DieAt(10);
        await Assert.ThrowsAsync<ProcessDiedException>(() => SendAsync(order, ledger));
        ledger.Restart();

        Assert.Equal(CancelState.Cancelled, (await CancelAsync(order, ledger)).State);
        Assert.Equal((0, 0), (await _rig.LeftoversOfAsync(order), (int)_rig.Account.Log.CountOf("PUT /api/EmailCampaign PAUSE")));
    }

    [Fact]
    public async Task A_launched_campaign_is_paused_and_deleted()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        await SendAsync(order, ledger);

        Assert.Equal(CancelState.Cancelled, (await CancelAsync(order, ledger)).State);
        Assert.Equal((0, 1), (await _rig.LeftoversOfAsync(order), (int)_rig.Account.Log.CountOf("PUT /api/EmailCampaign PAUSE")));
    }

    [Fact]
    public async Task What_Cheetah_does_not_delete_has_to_be_deleted_by_a_person_in_the_Cheetah_account_too()
    {
        _rig.Account.Switches = _rig.Account.Switches with { KeepsLaunched = true };
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        await SendAsync(order, ledger);

        var left = await CancelAsync(order, ledger);
        var stillLeft = await CancelAsync(order, ledger);
        _rig.Account.DeleteCampaign(_rig.CampaignsOf(order).Single().Id);
        var gone = await CancelAsync(order, ledger);

        Assert.Equal((CancelState.NeedsPerson, CancelState.NeedsPerson, CancelState.Cancelled), (left.State, stillLeft.State, gone.State));
        Assert.Contains($"\"{order.DispatchId}\" has to be deleted in the Cheetah Messaging account too", left.Sentence);
        Assert.Contains("nobody gets it unless somebody resumes it", left.Sentence);
        _rig.AdvancePast(order);
        Assert.Empty(await _rig.MessagesOfAsync(order));
    }

    [Fact]
    public async Task A_campaign_in_the_middle_of_sending_is_stopped_and_the_sentence_says_that_some_got_it()
    {
        _rig.Account.Switches = _rig.Account.Switches with { SendingTakes = TimeSpan.FromHours(1) };
        var (order, ledger) = (_rig.Order(1000), new TestLedger());
        await SendAsync(order, ledger);
        _rig.AdvanceInto(order);
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(CampaignStatus.Sending, _rig.StatusOf(order));

        var cancelled = await CancelAsync(order, ledger);

        Assert.Equal(CancelState.Cancelled, cancelled.State);
        Assert.Contains("some recipients may have got", cancelled.Sentence);
        Assert.InRange((await _rig.MessagesOfAsync(order)).Count, 400, 600);
    }

    [Fact]
    public async Task Without_the_folder_what_the_ledger_knows_is_taken_back()
    {
        var (order, ledger) = (_rig.Order(10), new TestLedger());
        await SendAsync(order, ledger);

        var cancelled = await _rig.Provider.CancelAsync(_rig.With(_rig.Settings with { FolderId = "9" }), order, ledger, Stop);

        Assert.Equal((CancelState.Cancelled, 0), (cancelled.State, await _rig.LeftoversOfAsync(order)));
    }

    private Task SendAsync(SendOrder order, TestLedger ledger) => _rig.Provider.SendAsync(_rig.Connection, order, _rig.Chunks(_rig.Reachable(order.Recipients)), ledger, Stop);

    private Task<CancelResult> CancelAsync(SendOrder order, TestLedger ledger) => _rig.Provider.CancelAsync(_rig.Connection, order, ledger, Stop);
}
