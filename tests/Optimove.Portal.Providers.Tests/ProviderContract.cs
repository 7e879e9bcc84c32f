using Optimove.Portal.Providers.Tests.Testing;
using static Optimove.Portal.Providers.Tests.Testing.MetricFigures;

namespace Optimove.Portal.Providers.Tests;

/// <summary>What every provider has to keep, whatever its API. A provider's test class inherits this and adds what is its own.</summary>
public abstract partial class ProviderContract : IAsyncLifetime
{
    private ProviderRig? _rig;

    protected ProviderRig Rig => _rig!;
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract Task<ProviderRig> StartAsync();

    public async ValueTask InitializeAsync() => _rig = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_order_reaches_everyone_who_can_be_reached_once_and_names_the_others()
    {
        var people = Rig.Reachable(3 * Rig.Provider.Info.ChunkSize - 10);
        var order = Rig.Order(people.Count + 1);
        var ledger = new TestLedger();

        await SendAsync(order, [.. people, Rig.Unknown], ledger);

        Assert.Equal(people.Order(), (await Rig.MessagesOfAsync(order)).Order());
        AssertUnknownIsNamed(ledger);
    }

    [Fact]
    public async Task Sending_again_what_was_handed_over_calls_nothing()
    {
        var people = Rig.Reachable(20);
        var order = Rig.Order(people.Count);
        var ledger = new TestLedger();
        await SendAsync(order, people, ledger);
        var moments = ledger.Moments;

        await SendAsync(order, people, ledger);

        Assert.Equal(moments, ledger.Moments);
        Assert.Equal(people.Count, (await Rig.MessagesOfAsync(order)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whenever_the_process_dies_the_order_is_finished_and_nobody_gets_it_twice(bool answersGetLost)
    {
        var people = Rig.Reachable(3 * Rig.Provider.Info.ChunkSize - 10);
        var writes = Rig.WritesOfAPush(chunks: 3);
        var deaths = 0;
        for (var moment = 1; ; moment++)
        {
            var order = Rig.Order(people.Count + 1);
            var ledger = new TestLedger();
            if (answersGetLost)
                Rig.LoseAnswer(writes[moment % writes.Count], 1);
            ledger.DieAt(moment);
            var died = await UntilDoneAsync(order, [.. people, Rig.Unknown], ledger);
            Rig.ClearFaults();

            await AssertReachedAsync(order, [.. people, Rig.Unknown], ledger);
            if (ledger.Steps.All(s => s.State == StepState.Accepted)) AssertUnknownIsNamed(ledger);
            if (!died)
                break;
            deaths++;
        }
        Assert.True(deaths >= 3 * writes.Count, $"The process died at {deaths} moments only.");
    }

    [Fact]
    public async Task An_answer_that_gets_lost_on_any_write_stops_the_push_until_the_provider_was_asked()
    {
        var people = Rig.Reachable(2 * Rig.Provider.Info.ChunkSize);
        foreach (var write in Rig.WritesOfAPush(chunks: 2).Distinct())
        {
            var order = Rig.Order(people.Count);
            var ledger = new TestLedger();
            Rig.LoseAnswer(write, 1);

            var lost = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, people, ledger));
            var again = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, people, ledger));
            await Rig.Provider.ReconcileAsync(Rig.Connection, order, ledger, Stop);
            var asked = await Record.ExceptionAsync(() => SendAsync(order, people, ledger)) as ProviderException;

            Assert.Equal((ProviderFault.UnknownOutcome, ProviderFault.UnknownOutcome), (lost.Fault, again.Fault));
            Assert.Equal(Rig.CanBeAsked ? null : ProviderFault.UnknownOutcome, asked?.Fault);
            await AssertReachedAsync(order, people, ledger);
        }
    }

    [Fact]
    public async Task A_template_that_cannot_be_sent_is_listed_with_the_reason_and_refused_before_anything_is_made()
    {
        var order = Rig.Order(10, Rig.UnusableTemplate);
        var ledger = new TestLedger();

        var templates = await Rig.Provider.GetTemplatesAsync(Rig.Connection, Stop);
        var fault = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order, Rig.Reachable(10), ledger));

        Assert.NotEmpty(templates.Single(t => t.Id == Rig.UnusableTemplate).Unusable!);
        Assert.Null(templates.Single(t => t.Id == Rig.Template).Unusable);
        Assert.Contains(fault.Fault, new[] { ProviderFault.Misconfigured, ProviderFault.Rejected });
        Assert.Empty(ledger.Steps);
        Assert.Equal(0, await Rig.LeftoversOfAsync(order));
    }

    [Fact]
    public async Task A_revoked_key_blocks_the_checklist_and_stops_a_push_for_a_person_to_act()
    {
        var order = Rig.Order(10);

        var fault = await Assert.ThrowsAsync<ProviderException>(() =>
            Rig.Provider.SendAsync(Rig.Revoked, order, Rig.Chunks(Rig.Reachable(10)), new TestLedger(), Stop));
        var blocked = new List<CheckItem>();
        foreach (var item in Rig.Provider.Info.Checklist)
            if ((await CheckAsync(Rig.Revoked, item)).State == CheckState.Blocked) blocked.Add(item);

        Assert.Equal((ProviderFault.Unauthorized, false), (fault.Fault, fault.MayRepeat));
        Assert.Contains(blocked, item => item.Required);
    }

    [Fact]
    public async Task Every_item_of_the_checklist_works_on_a_sound_account_or_waits_for_a_person()
    {
        foreach (var item in Rig.Provider.Info.Checklist)
        {
            var result = await CheckAsync(Rig.Connection, item);

            Assert.Equal((item.Key, item.ByPerson ? CheckState.Waiting : CheckState.Works), (item.Key, result.State));
            Assert.NotEmpty(result.Sentence);
            Assert.NotEmpty(item.Ask);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_of_refusals_for_load_is_waited_out(bool withReason)
    {
        var people = Rig.Reachable(2 * Rig.Provider.Info.ChunkSize);
        var order = Rig.Order(people.Count);
        Rig.RefuseForLoad(calls: 6, withReason);

        await SendAsync(order, people, new TestLedger());

        Assert.Equal(people.Order(), (await Rig.MessagesOfAsync(order)).Order());
    }

    [Fact]
    public async Task Pushes_of_one_account_together_never_pass_the_accounts_limit()
    {
        var people = Rig.Reachable(8 * Rig.Provider.Info.ChunkSize);
        var orders = Enumerable.Range(0, 4).Select(_ => Rig.Order(people.Count)).ToList();
        Rig.AnswerSlowly();

        await Task.WhenAll(orders.Select((order, i) =>
            Rig.Provider.SendAsync(Rig.Connection with { Id = i + 1 }, order, Rig.Chunks(people), new TestLedger(), Stop)));

        Assert.InRange(Rig.PeakAtOnce, 2, Rig.MostAtOnce);
        foreach (var order in orders)
            Assert.Equal(people.Count, (await Rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task What_was_never_handed_over_needs_no_cancelling()
    {
        var order = Rig.Order(1);

        Assert.Equal(CancelState.NothingToCancel, (await CancelAsync(order, new TestLedger())).State);
    }

    [Fact]
    public async Task A_cancelled_order_reaches_nobody_and_leaves_nothing_behind_wherever_the_push_had_come()
    {
        var people = Rig.Reachable(2 * Rig.Provider.Info.ChunkSize);
        for (var moment = 1; ; moment++)
        {
            var order = Rig.Order(people.Count);
            var ledger = new TestLedger();
            ledger.DieAt(moment);
            var died = await DiesAsync(() => SendAsync(order, people, ledger));
            ledger.Restart();

            var cancelled = await CancelAsync(order, ledger);

            var left = await Rig.MessagesOfAsync(order);
            if (Rig.CanBeAsked && Rig.CanTakeBack)
            {
                Assert.Contains(cancelled.State, new[] { CancelState.Cancelled, CancelState.NothingToCancel });
                Assert.Equal(0, await Rig.LeftoversOfAsync(order));
                Assert.Empty(left);
                Assert.Equal(CancelState.NothingToCancel, (await CancelAsync(order, ledger)).State);
            }
            // What is left is what could not be taken back, and a person is told.
            else if (left.Count > 0) Assert.Contains(cancelled.State, new[] { CancelState.NeedsPerson, CancelState.TooLate });
            if (Rig.CanTakeBack) Assert.Empty(left.Except(Unsure(people, ledger)));
            if (!died)
                break;
        }
    }

    [Fact]
    public async Task What_was_sent_cannot_be_cancelled()
    {
        var people = Rig.Reachable(10);
        var order = Rig.Order(people.Count);
        var ledger = new TestLedger();
        await SendAsync(order, people, ledger);
        Rig.AdvancePast(order);

        Assert.Equal(CancelState.TooLate, (await CancelAsync(order, ledger)).State);
        Assert.Equal(people.Count, (await Rig.MessagesOfAsync(order)).Count);
    }

    [Fact]
    public async Task Metrics_are_absent_before_the_send_and_grow_after_it()
    {
        var people = Rig.Reachable(600);
        var order = Rig.Order(people.Count);
        var ledger = new TestLedger();
        var before = await MetricsAsync(order, ledger);
        await SendAsync(order, people, ledger);
        var scheduled = await MetricsAsync(order, ledger);
        Rig.AdvancePast(order);
        var first = (await MetricsAsync(order, ledger))!;
        Rig.Clock.Advance(TimeSpan.FromDays(3));
        var later = (await MetricsAsync(order, ledger))!;

        Assert.Null(before);
        Assert.Null(scheduled);
        Assert.Equal(people.Count, first.Sent ?? people.Count);
        var growth = Figures(later).Sum(f => f.Value ?? 0) - Figures(first).Sum(f => f.Value ?? 0);
        Assert.True(Rig.FiguresGrow ? growth > 0 : growth == 0, $"The figures changed by {growth}.");
        Assert.NotEmpty(later.Raw);
        Assert.All(Figures(later), f => Assert.Equal((f.Kind, Rig.Provider.Info.Metrics.Contains(f.Kind)), (f.Kind, f.Value is not null)));
    }

    [Fact]
    public async Task Cleaning_up_after_the_week_leaves_the_figures()
    {
        var people = Rig.Reachable(10);
        var order = Rig.Order(people.Count);
        var ledger = new TestLedger();
        await SendAsync(order, people, ledger);
        await Rig.Provider.CleanUpAsync(Rig.Connection, order, ledger, Stop);
        var tooEarly = await Rig.LeftoversOfAsync(order);
        Rig.AdvancePast(order);

        await Rig.Provider.CleanUpAsync(Rig.Connection, order, ledger, Stop);
        await Rig.Provider.CleanUpAsync(Rig.Connection, order, ledger, Stop);

        Assert.True(await Rig.LeftoversOfAsync(order) <= tooEarly);
        Assert.Equal(people.Count, (await Rig.MessagesOfAsync(order)).Count);
        Assert.NotNull(await MetricsAsync(order, ledger));
    }
}
