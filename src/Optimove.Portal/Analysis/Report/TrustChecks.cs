using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Statistics;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Analysis.Report;

/// <summary>One reason to trust a result or not to.</summary>
public sealed record TrustCheck(Tone Tone, string Title, string Sentence);

/// <summary>What a reader should know before believing a result: the draw, the groups, the big spenders, the readings.</summary>
public static class TrustChecks
{
    public static IReadOnlyList<TrustCheck> Of(Result result, PeopleCounts people, Heartbeat pulse) =>
        [Split(result), Known(result), Apart(people), Skewed(result), Readings(pulse)];

    private static TrustCheck Split(Result result)
    {
        var (split, control, all) = (result.Verdict.Split, result.Measured.Control.Customers, result.Measured.Test.Customers + result.Measured.Control.Customers);
        var sentence = $"Control {Format.Number(control)} of {Format.Number(all)} = {Format.Percent(split.ControlShare, 2)}; planned {Format.ShortPercent(split.PlannedShare)}. p {Format.Probability(split.P)}; below 0.001 would void the result.";
        if (all > 0 && control == 0) return new(Tone.Bad, "There is no control", "Everybody got it, so what would have happened without it is not known. Hold some back next time.");
        return split.Passed ? new(Tone.Good, "The split came out as planned", sentence) : new(Tone.Bad, "The split did not come out as planned", sentence);
    }

    private static TrustCheck Known(Result result)
    {
        var lost = result.Measured.Test.Customers - result.Measured.TestInData + result.Measured.Control.Customers - result.Measured.ControlInData;
        if (!result.InData.Passed) return new(Tone.Bad, "One group lost more people than the other", $"{Format.Count(lost, "person", "people")} left the customer data since the draw. p {Format.Probability(result.InData.P)}; below 0.001 voids the result.");
        return lost == 0
            ? new(Tone.Good, "Everybody can still be measured", "All who were assigned are in the customer data.")
            : new(Tone.Good, "Almost everybody can still be measured", $"{Format.Count(lost, "person", "people")} left the customer data since, from both groups alike (p {Format.Probability(result.InData.P)}); they count as 0.");
    }

    private static TrustCheck Apart(PeopleCounts people) => people.SharedMailboxes == 0
        ? new(Tone.Good, "No one was in both groups", people.Doubles == 0
            ? "One mailbox, one person: no mailbox is in the test and in the control."
            : $"One mailbox, one person: {Format.Count(people.Doubles, "double")} {(people.Doubles == 1 ? "was" : "were")} left out before the draw.")
        : new(Tone.Bad, "Some were in both groups", $"{Format.Count(people.SharedMailboxes, "mailbox", "mailboxes")} got the message and counted as control.");

    private static TrustCheck Skewed(Result result)
    {
        if (result.Measured.Test.Sum + result.Measured.Control.Sum <= 0) return new(Tone.Idle, "Nobody bought yet", "There is no value to look at.");
        var capped = result.Capped is { IncreaseInterval: { } range } c && result.Verdict.Kind != VerdictKind.NoVerdict
            ? $" With each customer's value capped at {result.Unit.Each(result.Measured.Cap!.Value)} the increase is {result.Unit.Bare(c.Increase)} ({result.Unit.Bare(range.Lower)} to {result.Unit.Bare(range.Upper)})."
            : "";
        var share = $"The top 1\u00A0% of customers hold {Format.Percent(result.Measured.TopShare, 0)} of the {result.Unit.Noun}";
        return Skew.IsHeavy(result.Measured.TopShare)
            ? new(Tone.Warn, "A few big spenders carry it", $"{share}, over half.{capped}")
            : new(Tone.Good, "No few big spenders carry it", $"{share}; over 50\u00A0% we would warn.{capped}");
    }

    private static TrustCheck Readings(Heartbeat pulse) => pulse switch
    {
        { Gaps: 1 } => new(Tone.Warn, "One metrics pull is missing", $"Day {Missing(pulse)}. It touches opens and clicks on that day, never the money."),
        { Gaps: > 1 } => new(Tone.Warn, $"{pulse.Gaps} metrics pulls are missing", $"Days {Missing(pulse)}. They touch opens and clicks on those days, never the money."),
        { HasLateChange: true } => new(Tone.Warn, "A delivery figure fell", "The provider changed it after it was read. It touches opens and clicks, never the money."),
        { IsOver: true } => new(Tone.Good, "All seven metrics pulls are in", "Opens and clicks are whole; the money does not depend on them."),
        _ => new(Tone.Idle, "Metrics are still coming in", $"{pulse.Read} of 7 pulls so far. They touch opens and clicks, never the money."),
    };

    private static string Missing(Heartbeat pulse) => string.Join(", ", pulse.Pulls.Where(p => p.State == Ui.Charts.PullState.Gap).Select(p => p.Day));
}
