namespace Optimove.Portal.Statistics;

/// <summary>Whether a few big spenders carry the result, and the view without their excess (ANALYSIS 2.4, point 4).
/// Values are those of the responders only; everyone else counts as 0.</summary>
public static class Skew
{
    /// <summary>The part of the sum held by the top 1 % of customers (at least one customer), a share of 1; 0 when the sum is not above 0.</summary>
    public static double TopShare(IEnumerable<double> responders, long customers)
    {
        var values = responders.OrderDescending().ToArray();
        var sum = values.Sum();
        return sum <= 0 ? 0 : values.Take(Math.Max(1, (int)(customers / 100))).Sum() / sum;
    }

    /// <summary>Whether the top 1 % hold over half, which the screen has to say.</summary>
    public static bool IsHeavy(double topShare) => topShare > 0.5;

    /// <summary>The 99th percentile (nearest rank) over all customers of both groups together, in the KPI's unit;
    /// null when it is 0 or less, as with fewer than 1 % responders: then there is nothing to cap at.</summary>
    public static double? Cap(IEnumerable<double> responders, long customers)
    {
        var above = (int)(customers - (long)Math.Ceiling(customers * 0.99));
        var cap = responders.OrderDescending().Skip(above).FirstOrDefault();
        return cap > 0 ? cap : null;
    }

    /// <summary>A group's totals with each value capped; customers and responders stay as they are.</summary>
    public static GroupTotals Capped(IEnumerable<double> responders, long customers, double cap)
    {
        double sum = 0, squares = 0;
        var count = 0L;
        foreach (var value in responders)
        {
            var capped = Math.Min(value, cap);
            sum += capped;
            squares += capped * capped;
            count++;
        }
        return new GroupTotals(customers, count, sum, squares);
    }
}
