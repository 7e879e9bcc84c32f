namespace Optimove.Portal.Statistics;

/// <summary>Adjusted probabilities for many tests read together, in the order given; compare each with 0.05 (ANALYSIS 2.4, points 6 and 10).</summary>
public static class Multiplicity
{
    /// <summary>Holm's step-down: the chance of even one false finding stays below the level.</summary>
    public static double[] Holm(IReadOnlyList<double> ps)
    {
        var adjusted = new double[ps.Count];
        var largest = 0.0;
        foreach (var (index, rank) in Ascending(ps))
            adjusted[index] = largest = Math.Max(largest, Math.Min(1, (ps.Count - rank) * ps[index]));
        return adjusted;
    }

    /// <summary>Benjamini and Hochberg's step-up: the expected part of false findings among the findings stays below the level.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> ps)
    {
        var adjusted = new double[ps.Count];
        var smallest = 1.0;
        foreach (var (index, rank) in Ascending(ps).Reverse())
            adjusted[index] = smallest = Math.Min(smallest, ps[index] * ps.Count / (rank + 1));
        return adjusted;
    }

    private static IEnumerable<(int Index, int Rank)> Ascending(IReadOnlyList<double> ps) =>
        Enumerable.Range(0, ps.Count).OrderBy(i => ps[i]).Select((index, rank) => (index, rank)).ToArray();
}
