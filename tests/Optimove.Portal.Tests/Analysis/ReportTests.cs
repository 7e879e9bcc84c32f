using Optimove.Portal.Analysis.Report;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Providers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Tests.Metrics;
using Optimove.Portal.Ui.Badges;
using PullLook = Optimove.Portal.Ui.Charts.PullState;

namespace Optimove.Portal.Tests.Analysis;

/// <summary>What is said about a result, without a screen.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Each_delivery_figure_names_its_denominator()
    {
        var rows = DeliveryRows.Of(Results.Of(pulls: [Results.Read(7, 12_043)]));
        Assert.Equal(
            [("Test customers", 36_512L, "assigned; control not counted"), ("Sent", 36_498L, "of 36,512; StandIn rejected 14"), ("Delivered", 35_961L, "of 36,498 sent"), ("Unique opens", 12_043L, "of 35,961 delivered"), ("Unique clicks", 3_010L, "of 35,961 delivered")],
            rows.Take(5).Select(r => (r.Label, r.Value!.Value, r.Note)));
    }

    [Fact]
    public void What_a_provider_does_not_offer_is_said_and_never_0()
    {
        var rows = DeliveryRows.Of(Results.Of(pulls: [Results.Read(7, 12_043)]));
        Assert.All(rows.Where(r => r.Label is "Unsubscribed" or "Bounces"), r => Assert.Equal((null, "not offered by StandIn"), (r.Value, r.Note)));
        var sendOnly = StandInProvider.StandIn with { Metrics = new HashSet<MetricKind>() };
        var none = DeliveryRows.Of(Results.Of(provider: sendOnly));
        Assert.Equal(("Handed over", 36_498L), (none[1].Label, none[1].Value!.Value));
        Assert.All(none.Skip(2), r => Assert.Equal("not offered by StandIn", r.Note));
    }

    [Fact]
    public void What_was_not_read_yet_is_not_0() =>
        Assert.All(DeliveryRows.Of(Results.Of(OccurrenceState.Measuring)).Skip(2).Take(3), r => Assert.Equal((null, "not read yet"), (r.Value, r.Note)));

    [Fact]
    public void While_collecting_the_day_that_runs_is_named_and_days_to_come_wait()
    {
        var pulse = Pulse(Results.Of(OccurrenceState.Measuring, pulls: [Results.Read(1, 10), Results.Read(2, 20)]), days: 2);
        Assert.Equal((2, 2, 0, false), (pulse.Day, pulse.Read, pulse.Gaps, pulse.IsOver));
        Assert.Equal([PullLook.Complete, PullLook.Complete, PullLook.Waiting], pulse.Pulls.Take(3).Select(p => p.State));
        Assert.Equal(("Fri 15, 07:00", "10 opens", "2 clicks"), (pulse.Pulls[0].When, pulse.Pulls[0].First, pulse.Pulls[0].Second));
        Assert.Equal(("Sun 17, 07:00", "due"), (pulse.Pulls[2].When, pulse.Pulls[2].First));
    }

    [Fact]
    public void A_gap_says_why_and_where_its_figures_are()
    {
        var pulse = Pulse(Results.Of(pulls: [Results.Read(1, 10), Results.Gap(2), Results.Read(3, 30)]), days: 30);
        Assert.Equal((PullLook.Gap, "Fri 15".Replace("Fri 15", "Sat 16", StringComparison.Ordinal), "3 tries"), (pulse.Pulls[1].State, pulse.Pulls[1].When, pulse.Pulls[1].Second));
        Assert.Equal("Day 2 is a gap: StandIn answered 503. Tried 3 times, last at 09:00. Day 3 holds its figures too.", Assert.Single(pulse.Reasons));
    }

    [Fact]
    public void A_figure_that_falls_is_flagged_as_a_late_change()
    {
        var pulse = Pulse(Results.Of(pulls: [Results.Read(1, 10), Results.Read(2, 40), Results.Read(3, 30)]), days: 30);
        Assert.Equal([PullLook.Complete, PullLook.Complete, PullLook.Late], pulse.Pulls.Take(3).Select(p => p.State));
        Assert.Contains(pulse.Reasons, r => r.StartsWith("Day 3: unique opens fell from 40 to 30.", StringComparison.Ordinal));
        Assert.Contains(Trust(Results.Of(pulls: [Results.Read(1, 40), Results.Read(2, 30)])), c => c is { Tone: Tone.Warn, Title: "A delivery figure fell" });
    }

    [Fact]
    public void A_missing_pull_is_to_be_looked_at_and_touches_no_money()
    {
        var check = Trust(Results.Of(pulls: [Results.Gap(4)]))[^1];
        Assert.Equal((Tone.Warn, "One metrics pull is missing"), (check.Tone, check.Title));
        Assert.Equal("Day 4. It touches opens and clicks on that day, never the money.", check.Sentence);
    }

    [Fact]
    public void A_good_draw_is_said_with_its_counts()
    {
        var split = Trust(Results.Of())[0];
        Assert.Equal((Tone.Good, "The split came out as planned"), (split.Tone, split.Title));
        Assert.Equal("Control 4,021 of 40,533 = 9.92\u00A0%; planned 10\u00A0%. p = 0.59; below 0.001 would void the result.", split.Sentence);
    }

    [Fact]
    public void Big_spenders_and_a_shared_mailbox_are_called_out()
    {
        var heavy = Results.Of(measured: Results.Measured(new(36_512, 2_790, 161_768, 9_000_000), new(4_021, 257, 14_290, 600_000), topShare: 0.62));
        Assert.Contains(Trust(heavy), c => c is { Tone: Tone.Warn, Title: "A few big spenders carry it" });
        Assert.Contains(TrustChecks.Of(heavy, new([], [], 3), Pulse(heavy, 30)), c => c is { Tone: Tone.Bad, Title: "Some were in both groups" });
    }

    [Fact]
    public void The_sum_stands_in_full_and_its_tests_only_after_the_close()
    {
        Assert.StartsWith("36,512 test × (€4.4305 − €3.5538) = €32,", Proof.Formula(Results.Of()));
        Assert.Contains("Welch t = ", Proof.Formula(Results.Of()));
        Assert.DoesNotContain("Welch", Proof.Formula(Results.Of(OccurrenceState.Measuring, Results.SendAt.AddDays(3))));
        Assert.DoesNotContain("Welch", Proof.Formula(Results.Of(measured: Results.Measured(new(700, 100, 900, 9_000), new(300, 30, 300, 3_000)))));
    }

    [Fact]
    public void Nobody_held_back_gives_no_verdict()
    {
        var result = Results.Of(measured: Results.Measured(new(1_000, 100, 900, 9_000), new(0, 0, 0, 0)));
        Assert.Equal(VerdictKind.NoVerdict, result.Verdict.Kind);
        Assert.Equal((Tone.Bad, "There is no control"), (Trust(result)[0].Tone, Trust(result)[0].Title));
        Assert.Null(Proof.Responders(result));
    }

    private static Heartbeat Pulse(Portal.Analysis.Figures.Result result, int days) => Heartbeat.Of(result, MeasuringHouse.First, Results.SendAt.AddDays(days));

    private static IReadOnlyList<TrustCheck> Trust(Portal.Analysis.Figures.Result result) => TrustChecks.Of(result, new([], [], 0), Pulse(result, 31));
}
