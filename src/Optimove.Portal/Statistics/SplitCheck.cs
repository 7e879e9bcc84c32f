namespace Optimove.Portal.Statistics;

/// <summary>Whether the draw came out as planned (sample ratio mismatch, ANALYSIS 2.4 point 7); when not, no result may be trusted.</summary>
/// <param name="ControlShare">The control's share of all assigned, a share of 1.</param>
/// <param name="PlannedShare">What was planned, a share of 1.</param>
/// <param name="P">Of the chi-squared test of the counts against the plan.</param>
public readonly record struct SplitCheck(double ControlShare, double PlannedShare, double P)
{
    /// <summary>Below this probability the groups cannot be compared.</summary>
    public const double Threshold = 0.001;

    public bool Passed => P >= Threshold;

    /// <summary>Checks assigned (or measured) counts against the planned control share; an empty draw passes.</summary>
    public static SplitCheck Of(long test, long control, double plannedShare)
    {
        if (test + control == 0)
            return new SplitCheck(0, plannedShare, 1);
        var fit = ChiSquared.Fit([test, control], [1 - plannedShare, plannedShare]);
        return new SplitCheck((double)control / (test + control), plannedShare, fit.P);
    }
}
