using Optimove.Portal.Ui;

namespace Optimove.Portal.Statistics;

/// <summary>What may be claimed for a campaign's result.</summary>
public enum VerdictKind
{
    /// <summary>The window is closed, the groups are comparable and the 95 % interval excludes 0.</summary>
    Proven,

    /// <summary>The result could still be chance, or the window is still open.</summary>
    NotProven,

    /// <summary>A check failed, so that no claim may be made.</summary>
    NoVerdict,
}

/// <summary>What a result is worth in one short text, with the figures it rests on. Before the window closes the kind is never
/// Proven and the text says "so far": the tests hold at the close, not at every look.</summary>
public sealed record Verdict(VerdictKind Kind, string Sentence, Comparison Figures, SplitCheck Split, bool SoFar)
{
    private const int FewestTest = 50, FewestTestResponders = 15, FewestControl = 30, FewestControlResponders = 5;

    /// <summary>The badge's word: "Proven", "Not proven", "Not proven so far" or "No verdict".</summary>
    public string Label => Kind switch
    {
        VerdictKind.Proven => "Proven",
        VerdictKind.NoVerdict => "No verdict",
        _ => SoFar ? "Not proven so far" : "Not proven",
    };

    /// <summary>The verdict on money in the tenant's currency (ISO 4217 code).</summary>
    /// <param name="plannedShare">Planned control share, a share of 1.</param>
    /// <param name="openUntil">The day on which the window closes while it is open; null once it is closed.</param>
    public static Verdict Of(GroupTotals test, GroupTotals control, double plannedShare, DateOnly? openUntil, string currency) =>
        Of(test, control, plannedShare, openUntil, value => Format.Money(value, currency));

    /// <summary>The same for a KPI of any unit; <paramref name="amount"/> writes a value that is not negative, with its unit.</summary>
    public static Verdict Of(
        GroupTotals test, GroupTotals control, double plannedShare, DateOnly? openUntil, Func<double, string> amount) =>
        Awaiting(test, control, plannedShare, openUntil is { } day ? $"when the window closes on {Format.DayMonth(day)}" : null, amount);

    /// <summary>The same where no single day closes the windows of all customers.</summary>
    /// <param name="comes">When the verdict comes, as the end of a sentence, while windows are open; null once all are closed.</param>
    /// <param name="advice">What to do about a result that could be anything, as a sentence.</param>
    public static Verdict Awaiting(GroupTotals test, GroupTotals control, double plannedShare, string? comes, Func<double, string> amount, string advice = "Run it again and read the sum of both.")
    {
        var figures = Comparison.Of(test, control);
        var split = SplitCheck.Of(test.Customers, control.Customers, plannedShare);
        var (kind, sentence) =
            Broken(test, control, split) is { } reason ? (VerdictKind.NoVerdict, reason)
            : TooFew(test, control, comes is not null) is { } few ? (VerdictKind.NotProven, few)
            : comes is not null ? (VerdictKind.NotProven, SoFarText(figures, amount, comes))
            : figures.ValueTest!.Interval.Contains(0) ? (VerdictKind.NotProven, $"Could be anything {Range(figures, amount)}. {advice}")
            : (VerdictKind.Proven, ProvenText(figures, amount));
        return new Verdict(kind, sentence, figures, split, comes is not null);
    }

    private static string? Broken(GroupTotals test, GroupTotals control, SplitCheck split)
    {
        if (test.Customers == 0)
            return "Nobody was in the test group, so there is nothing to compare.";
        if (control.Customers == 0)
            return "Nobody was held back as control, so what would have happened without the campaign is not known.";
        return split.Passed
            ? null
            : $"The control came out at {Format.ShortPercent(split.ControlShare)} where {Format.ShortPercent(split.PlannedShare)} was planned, so the two groups cannot be compared.";
    }

    private static string? TooFew(GroupTotals test, GroupTotals control, bool open)
    {
        var soFar = open ? " so far" : "";
        if (test.Responders + control.Responders == 0)
            return $"Nobody in either group responded{soFar}, so there is nothing to compare.";
        if (test.Customers < FewestTest || test.Responders < FewestTestResponders)
            return TooFewText("test group", test, FewestTest, FewestTestResponders, soFar);
        if (control.Customers < FewestControl || control.Responders < FewestControlResponders)
            return TooFewText("control", control, FewestControl, FewestControlResponders, soFar);
        return Means.Welch(test, control) is null ? $"Every customer has the same value{soFar}, so there is nothing to compare." : null;
    }

    private static string TooFewText(string name, GroupTotals group, int customers, int responders, string soFar) =>
        $"Too few to tell{soFar}: the {name} has {Format.Count(group.Customers, "customer")} with {Format.Count(group.Responders, "responder")}, and it takes {customers} with {responders}.";

    private static string ProvenText(Comparison figures, Func<double, string> amount)
    {
        var range = figures.IncreaseInterval!.Value;
        return $"This campaign earned {MoreOrLess(figures.Increase, amount)} than doing nothing would have. {Certainly} "
            + (range.Lower > 0
                ? $"between {amount(range.Lower)} and {amount(range.Upper)}."
                : $"between {amount(-range.Upper)} and {amount(-range.Lower)} less.");
    }

    private static string SoFarText(Comparison figures, Func<double, string> amount, string comes) =>
        $"So far this campaign earned {MoreOrLess(figures.Increase, amount)} than doing nothing would have; it could be anything {Range(figures, amount)}. "
        + $"The verdict comes {comes}.";

    private static string Range(Comparison figures, Func<double, string> amount)
    {
        var range = figures.IncreaseInterval!.Value;
        return $"from {MoreOrLess(range.Lower, amount)} to {MoreOrLess(range.Upper, amount)}";
    }

    private static string MoreOrLess(double value, Func<double, string> amount) => value < 0 ? $"{amount(-value)} less" : $"{amount(value)} more";

    private static string Certainly => $"With {Format.ShortPercent(0.95)} certainty it was";
}
