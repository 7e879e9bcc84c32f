using Optimove.Portal.Statistics;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>What a test group did against its control, with the verdict on it.</summary>
public abstract record Finding(Verdict Verdict, Unit Unit)
{
    public Comparison Figures => Verdict.Figures;

    /// <summary>Whether the windows of all customers are over: the tests may be read.</summary>
    public abstract bool IsClosed { get; }

    /// <summary>The interval of the increase; null where the groups may not be compared.</summary>
    public Interval? ShownInterval => Verdict.Kind == VerdictKind.NoVerdict ? null : Figures.IncreaseInterval;

    /// <summary>The verdict as its badge says it.</summary>
    public Ui.Badges.Verdict Word => Verdict.Kind switch
    {
        VerdictKind.Proven => Ui.Badges.Verdict.Proven,
        VerdictKind.NoVerdict => Ui.Badges.Verdict.NoVerdict,
        _ => Ui.Badges.Verdict.NotProven,
    };

    /// <summary>The verdict, or none where one group lost more of its people from the customer data than the other.</summary>
    /// <param name="inData">The split of those who are still in the customer data.</param>
    protected static Verdict WithoutLosses(Verdict verdict, SplitCheck inData) => verdict.Kind == VerdictKind.NoVerdict || inData.Passed ? verdict : verdict with
    {
        Kind = VerdictKind.NoVerdict,
        Sentence = $"Of those still in the customer data the control holds {Format.ShortPercent(inData.ControlShare)} where {Format.ShortPercent(inData.PlannedShare)} was planned: one group lost more people than the other, so they cannot be compared.",
    };
}
