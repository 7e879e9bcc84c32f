namespace Optimove.Portal.Statistics;

/// <summary>Chance to prove an effect at 95 % two-sided, the smallest effect that can be proved, and the sizes it takes
/// (ANALYSIS 2.4, point 8). Rates, lifts and chances are shares of 1; sizes are customers.</summary>
public static class Power
{
    /// <summary>The usual aim: four effects in five are proved.</summary>
    public const double Aim = 0.8;

    private const double Z = Distributions.Z95;

    /// <summary>Φ((|d| − z s₀)/s₁) + Φ((−|d| − z s₀)/s₁), s₀ the pooled and s₁ the unpooled standard error of p_t − p_c.</summary>
    public static double OfRates(double controlRate, double testRate, long test, long control)
    {
        if (test == 0 || control == 0)
            return 0;
        double n = test, m = control, pooled = (n * testRate + m * controlRate) / (n + m);
        var null0 = Math.Sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        var real = Math.Sqrt(testRate * (1 - testRate) / n + controlRate * (1 - controlRate) / m);
        return Chance(testRate - controlRate, null0, real);
    }

    /// <summary>The same for a difference of means with one standard deviation in both groups, in the KPI's unit.</summary>
    public static double OfMeans(double deviation, double difference, long test, long control)
    {
        if (test == 0 || control == 0)
            return 0;
        var error = deviation * Math.Sqrt(1.0 / test + 1.0 / control);
        return Chance(difference, error, error);
    }

    /// <summary>The smallest relative lift of the response rate that has the chance asked for; null when not even a rate of 1 has it.</summary>
    public static double? SmallestLift(double controlRate, long test, long control, double chance = Aim)
    {
        if (controlRate is <= 0 or >= 1 || OfRates(controlRate, 1, test, control) < chance)
            return null;
        var rate = Bisect(controlRate, 1, p => OfRates(controlRate, p, test, control) >= chance);
        return rate / controlRate - 1;
    }

    /// <summary>The smallest difference per customer that has the chance asked for, in the KPI's unit; null when a group is empty.</summary>
    public static double? SmallestDifference(double deviation, long test, long control, double chance = Aim)
    {
        if (test == 0 || control == 0)
            return null;
        var highest = 20 * deviation * Math.Sqrt(1.0 / test + 1.0 / control);
        return Bisect(0, highest, d => OfMeans(deviation, d, test, control) >= chance);
    }

    /// <summary>Control customers needed for a relative lift of the response rate, r = n_t / n_c:
    /// [z √((1 + 1/r) p̄(1 − p̄)) + z_b √(p_c q_c + p_t q_t / r)]² / (p_t − p_c)², p̄ = (p_c + r p_t)/(1 + r), rounded up;
    /// the lift must not be 0.</summary>
    public static long ControlForRates(double controlRate, double lift, double ratio, double chance = Aim)
    {
        double c = controlRate, t = Math.Min(1, c * (1 + lift)), mean = (c + ratio * t) / (1 + ratio);
        var root = Z * Math.Sqrt((1 + 1 / ratio) * mean * (1 - mean))
            + Distributions.NormalQuantile(chance) * Math.Sqrt(c * (1 - c) + t * (1 - t) / ratio);
        return (long)Math.Ceiling(root * root / ((t - c) * (t - c)));
    }

    /// <summary>Control customers needed for a difference per customer, r = n_t / n_c: (z + z_b)² σ² (1 + 1/r) / δ², rounded up;
    /// the difference must not be 0.</summary>
    public static long ControlForMeans(double deviation, double difference, double ratio, double chance = Aim)
    {
        var z = Z + Distributions.NormalQuantile(chance);
        return (long)Math.Ceiling(z * z * deviation * deviation * (1 + 1 / ratio) / (difference * difference));
    }

    /// <summary>The chance to prove a lift when a share of the customers is held back as control.</summary>
    public static double AtShare(long customers, double share, double controlRate, double lift)
    {
        var control = (long)Math.Round(customers * share);
        return OfRates(controlRate, Math.Min(1, controlRate * (1 + lift)), customers - control, control);
    }

    /// <summary>The smallest whole per cent, up to half, held back as control that has the chance asked for, as a share of 1; null when none has.</summary>
    public static double? SmallestShare(long customers, double controlRate, double lift, double chance = Aim)
    {
        for (var percent = 1; percent <= 50; percent++)
            if (AtShare(customers, percent / 100.0, controlRate, lift) >= chance)
                return percent / 100.0;
        return null;
    }

    private static double Chance(double difference, double pooled, double unpooled)
    {
        var d = Math.Abs(difference);
        if (unpooled == 0)
            return d > Z * pooled ? 1 : 0;
        return Distributions.NormalBelow((d - Z * pooled) / unpooled) + Distributions.NormalBelow((-d - Z * pooled) / unpooled);
    }

    private static double Bisect(double low, double high, Func<double, bool> enough)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (enough(middle))
                high = middle;
            else
                low = middle;
        }
        return high;
    }
}
