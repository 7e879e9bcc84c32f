using MathNet.Numerics.Distributions;

namespace Optimove.Portal.Statistics;

/// <summary>The few tails and quantiles that the tests need, all two-sided where a side matters.</summary>
public static class Distributions
{
    /// <summary>z* = Φ⁻¹(1 − α/2) for 95 %.</summary>
    public const double Z95 = 1.9599639845400545;

    /// <summary>P(|Z| ≥ |z|) of the standard normal.</summary>
    public static double NormalTwoSided(double z) => 2 * Normal.CDF(0, 1, -Math.Abs(z));

    /// <summary>Φ(z).</summary>
    public static double NormalBelow(double z) => Normal.CDF(0, 1, z);

    /// <summary>Φ⁻¹(p), p between 0 and 1.</summary>
    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>P(|T| ≥ |t|) of Student's distribution with <paramref name="df"/> degrees of freedom, not necessarily whole.</summary>
    public static double StudentTwoSided(double t, double df) => 2 * StudentT.CDF(0, 1, df, -Math.Abs(t));

    /// <summary>t* with P(|T| ≥ t*) = 5 %.</summary>
    public static double StudentCritical95(double df) => StudentT.InvCDF(0, 1, df, 0.975);

    /// <summary>P(X² ≥ value) with <paramref name="df"/> degrees of freedom.</summary>
    public static double ChiSquaredAbove(double value, int df) =>
        MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(df / 2.0, value / 2);
}
