namespace Optimove.Portal.Statistics;

/// <summary>How the actions of one campaign stand among each other on response rate (ANALYSIS 2.4, point 6). Says nothing about
/// the window, the split or the guardrails, which a winner needs as well.</summary>
/// <param name="Overall">The k × 2 chi-squared test that all respond alike.</param>
/// <param name="Best">Index of the arm with the highest response rate.</param>
/// <param name="RunnerUp">Index of the second.</param>
/// <param name="AgainstBest">For each arm, in the order given, Holm's adjusted P of best against it; 1 for the best itself.</param>
public sealed record ArmRanking(ChiSquaredTest Overall, int Best, int RunnerUp, IReadOnlyList<double> AgainstBest)
{
    /// <summary>Whether the best beats the runner-up at 95 % after Holm.</summary>
    public bool BestIsAhead => AgainstBest[RunnerUp] < 0.05;

    /// <summary>Ranks two or more arms; null below two or while one has nobody.</summary>
    public static ArmRanking? Of(IReadOnlyList<GroupTotals> arms)
    {
        if (arms.Count < 2 || arms.Any(a => a.Customers == 0))
            return null;
        int[] order = [.. Enumerable.Range(0, arms.Count).OrderByDescending(i => arms[i].ResponseRate)];
        var best = arms[order[0]];
        var adjusted = Multiplicity.Holm([.. order.Skip(1).Select(i => Rates.Test(best, arms[i])!.Value.P)]);
        var against = new double[arms.Count];
        against[order[0]] = 1;
        for (var i = 1; i < order.Length; i++)
            against[order[i]] = adjusted[i - 1];
        return new ArmRanking(ChiSquared.Responses(arms), order[0], order[1], against);
    }
}
