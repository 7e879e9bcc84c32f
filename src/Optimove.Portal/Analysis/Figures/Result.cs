using Optimove.Portal.Campaigns;
using Optimove.Portal.Metrics;
using Optimove.Portal.Providers;
using Optimove.Portal.Statistics;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>One occurrence with everything that is known of its outcome.</summary>
/// <param name="Occurrence">With its campaign.</param>
/// <param name="Template">The template's name at the provider.</param>
/// <param name="Pulls">In the order of their days.</param>
/// <param name="InData">The split of those who are still in the customer data.</param>
public sealed record Result(
    Occurrence Occurrence, string TargetGroup, string Template, ProviderInfo Provider, IReadOnlyList<MetricPull> Pulls,
    Measurement Measured, Verdict Verdict, SplitCheck InData, Unit Unit) : Finding(Verdict, Unit)
{
    public override bool IsClosed => Occurrence.State == OccurrenceState.Closed;

    /// <summary>The newest reading of the delivery figures; null while there is none.</summary>
    public MetricPull? LastReading => Pulls.LastOrDefault(p => p.State == PullState.Read);

    /// <summary>The comparison with each customer's value capped; null when there is nothing to cap at.</summary>
    public Comparison? Capped => Measured.Cap is null ? null : Comparison.Of(Measured.CappedTest, Measured.CappedControl);

    /// <summary>The P of the value test where it may be read: the window is closed and the groups are comparable.</summary>
    public double? P => IsClosed && Verdict.Kind != VerdictKind.NoVerdict ? Figures.ValueTest?.P : null;

    public static (Verdict Verdict, SplitCheck InData) Judge(Occurrence o, Measurement m, DateOnly today, Unit unit, TimeZoneInfo zone)
    {
        var share = (double)o.ControlShare;
        var end = Format.LocalDay(o.MeasuredUntil, zone);
        DateOnly? openUntil = o.State == OccurrenceState.Closed ? null : end > today ? end : today;
        var verdict = Verdict.Of(m.Test, m.Control, share, openUntil, unit.Total);
        var inData = SplitCheck.Of(m.TestInData, m.ControlInData, share);
        return (WithoutLosses(verdict, inData), inData);
    }
}
