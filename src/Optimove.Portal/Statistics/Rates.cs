namespace Optimove.Portal.Statistics;

/// <summary>A two-sided test of "the response rates are equal".</summary>
/// <param name="Z">The statistic of the z-test; null when the exact test was used.</param>
/// <param name="P">Two-sided probability of a difference at least as large if there were none.</param>
public readonly record struct RateTest(double? Z, double P);

/// <summary>Tests and 95 % intervals of response rates (ANALYSIS 2.4, points 1, 2, 3 and 5). Rates are shares of 1.</summary>
public static class Rates
{
    private const double Z = Distributions.Z95;

    /// <summary>The z-test, or Fisher's exact test when any expected cell is below 5; null when a group is empty.</summary>
    public static RateTest? Test(GroupTotals test, GroupTotals control)
    {
        if (test.Customers == 0 || control.Customers == 0)
            return null;
        return SmallestExpectedCell(test, control) < 5 ? new RateTest(null, Fisher(test, control)) : ZTest(test, control);
    }

    /// <summary>z = (p_t − p_c) / √(p(1 − p)(1/n_t + 1/n_c)) with the pooled p; P = 2(1 − Φ(|z|)). z is 0 when all or none responded.</summary>
    public static RateTest ZTest(GroupTotals test, GroupTotals control)
    {
        var pooled = (double)(test.Responders + control.Responders) / (test.Customers + control.Customers);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / test.Customers + 1.0 / control.Customers));
        var z = error == 0 ? 0 : (test.ResponseRate - control.ResponseRate) / error;
        return new RateTest(z, Distributions.NormalTwoSided(z));
    }

    /// <summary>Fisher's exact test of the 2×2 table, two-sided: the tables no likelier than the one seen, margins held.</summary>
    public static double Fisher(GroupTotals test, GroupTotals control)
    {
        double n = test.Customers, m = control.Customers, k = test.Responders + control.Responders;
        double lowest = Math.Max(0, k - m), highest = Math.Min(n, k), seen = test.Responders;
        double all = 1, extreme = 1;
        void Add(double weight)
        {
            all += weight;
            extreme += weight <= 1 + 1e-7 ? weight : 0;
        }
        var w = 1.0;
        for (var i = seen; i < highest; i++)
            Add(w *= (n - i) * (k - i) / ((i + 1) * (m - k + i + 1)));
        w = 1.0;
        for (var i = seen; i > lowest; i--)
            Add(w *= i * (m - k + i) / ((n - i + 1) * (k - i + 1)));
        return Math.Min(1, extreme / all);
    }

    /// <summary>Wilson's interval of one rate: centre (p + z²/2n)/(1 + z²/n), half-width z √(p(1 − p)/n + z²/4n²)/(1 + z²/n).</summary>
    public static Interval Wilson(long responders, long customers)
    {
        double n = customers, p = responders / n, spread = 1 + Z * Z / n;
        var centre = (p + Z * Z / (2 * n)) / spread;
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / spread;
        return new Interval(responders == 0 ? 0 : Math.Max(0, centre - half), responders == customers ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>Wald's interval of p_t − p_c: d ± z √(p_t q_t/n_t + p_c q_c/n_c).</summary>
    public static Interval Wald(GroupTotals test, GroupTotals control)
    {
        var d = test.ResponseRate - control.ResponseRate;
        var half = Z * Math.Sqrt(Spread(test) + Spread(control));
        return new Interval(d - half, d + half);
    }

    /// <summary>Newcombe's interval of p_t − p_c from the two Wilson intervals; good for small groups and extreme rates.</summary>
    public static Interval Newcombe(GroupTotals test, GroupTotals control)
    {
        double t = test.ResponseRate, c = control.ResponseRate;
        var wt = Wilson(test.Responders, test.Customers);
        var wc = Wilson(control.Responders, control.Customers);
        return new Interval(
            t - c - double.Hypot(t - wt.Lower, wc.Upper - c),
            t - c + double.Hypot(wt.Upper - t, c - wc.Lower));
    }

    /// <summary>Katz's interval of the relative lift p_t / p_c − 1: ln RR ± z √((1 − p_t)/x_t + (1 − p_c)/x_c); null when a group has no responder.</summary>
    public static Interval? Lift(GroupTotals test, GroupTotals control)
    {
        if (test.Responders == 0 || control.Responders == 0)
            return null;
        var log = Math.Log(test.ResponseRate / control.ResponseRate);
        var half = Z * Math.Sqrt((1 - test.ResponseRate) / test.Responders + (1 - control.ResponseRate) / control.Responders);
        return new Interval(Math.Exp(log - half) - 1, Math.Exp(log + half) - 1);
    }

    /// <summary>Chance that B's rate beats A's: Φ(z), z = (p_B − p_A) / √(p_A q_A/n_A + p_B q_B/n_B). Friendly, but above 95 % is only
    /// a one-sided test at 5 %, so it never decides a verdict; null when a group is empty or neither varies.</summary>
    public static double? ChanceToBeat(GroupTotals a, GroupTotals b)
    {
        if (a.Customers == 0 || b.Customers == 0 || Spread(a) + Spread(b) == 0)
            return null;
        return Distributions.NormalBelow((b.ResponseRate - a.ResponseRate) / Math.Sqrt(Spread(a) + Spread(b)));
    }

    private static double SmallestExpectedCell(GroupTotals a, GroupTotals b)
    {
        double all = a.Customers + b.Customers, responders = a.Responders + b.Responders;
        return Math.Min(a.Customers, b.Customers) * Math.Min(responders, all - responders) / all;
    }

    private static double Spread(GroupTotals group) => group.ResponseRate * (1 - group.ResponseRate) / group.Customers;
}
