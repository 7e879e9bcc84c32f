namespace Optimove.Portal.Statistics;

/// <summary>A Pearson chi-squared test.</summary>
/// <param name="P">Probability of a departure at least as large by chance.</param>
public readonly record struct ChiSquaredTest(double Statistic, int DegreesOfFreedom, double P);

/// <summary>Pearson's chi-squared tests without continuity correction (ANALYSIS 2.4, points 6 and 7).</summary>
public static class ChiSquared
{
    /// <summary>Σ (seen − expected)² / expected against shares of the total, which need not sum to 1; a share of 0 that has
    /// nobody is left out, one that has somebody gives P = 0.</summary>
    public static ChiSquaredTest Fit(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        double all = counts.Sum(), whole = shares.Sum(), statistic = 0;
        var cells = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            var expected = all * shares[i] / whole;
            if (expected == 0 && counts[i] == 0)
                continue;
            cells++;
            statistic += expected == 0 ? double.PositiveInfinity : (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return Result(statistic, cells - 1);
    }

    /// <summary>The overall k × 2 test of "all groups respond alike"; df = k − 1. P is 1 when all or none responded.</summary>
    public static ChiSquaredTest Responses(IReadOnlyList<GroupTotals> groups)
    {
        var all = groups.Aggregate((a, b) => a + b);
        var variance = all.ResponseRate * (1 - all.ResponseRate);
        var statistic = variance == 0
            ? 0
            : groups.Sum(g => g.Customers * (g.ResponseRate - all.ResponseRate) * (g.ResponseRate - all.ResponseRate)) / variance;
        return Result(statistic, groups.Count - 1);
    }

    private static ChiSquaredTest Result(double statistic, int df) => new(statistic, df, statistic switch
    {
        _ when df < 1 => 1,
        double.PositiveInfinity => 0,
        _ => Distributions.ChiSquaredAbove(statistic, df),
    });
}
