namespace Optimove.Portal.Statistics;

/// <summary>Welch's t-test of "the values per customer are equal".</summary>
/// <param name="Difference">m_t − m_c per customer, in the KPI's unit.</param>
/// <param name="StandardError">√(s_t²/n_t + s_c²/n_c), in the KPI's unit.</param>
/// <param name="T">Difference / StandardError.</param>
/// <param name="DegreesOfFreedom">By Welch and Satterthwaite, not necessarily whole.</param>
/// <param name="P">Two-sided.</param>
/// <param name="Interval">95 % interval of the difference per customer.</param>
public sealed record WelchTest(double Difference, double StandardError, double T, double DegreesOfFreedom, double P, Interval Interval);

/// <summary>Tests and 95 % intervals of the value per customer, zeros included (ANALYSIS 2.4, points 4 and 5).</summary>
public static class Means
{
    /// <summary>Welch's t-test: t = (m_t − m_c)/√(A + B), A = s_t²/n_t, B = s_c²/n_c, df = (A + B)²/(A²/(n_t − 1) + B²/(n_c − 1));
    /// null when a group has fewer than two customers or neither group varies.</summary>
    public static WelchTest? Welch(GroupTotals test, GroupTotals control) =>
        Welch(test.Customers, test.PerCustomer, test.Variance, control.Customers, control.PerCustomer, control.Variance);

    /// <inheritdoc cref="Welch(GroupTotals, GroupTotals)"/>
    public static WelchTest? Welch(
        long testCustomers, double testMean, double testVariance,
        long controlCustomers, double controlMean, double controlVariance)
    {
        if (testCustomers < 2 || controlCustomers < 2)
            return null;
        double a = testVariance / testCustomers, b = controlVariance / controlCustomers;
        if (a + b <= 0)
            return null;
        var difference = testMean - controlMean;
        var error = Math.Sqrt(a + b);
        var df = (a + b) * (a + b) / (a * a / (testCustomers - 1) + b * b / (controlCustomers - 1));
        var half = Distributions.StudentCritical95(df) * error;
        return new WelchTest(difference, error, difference / error, df,
            Distributions.StudentTwoSided(difference / error, df), new Interval(difference - half, difference + half));
    }

    /// <summary>Interval of the relative lift m_t / m_c − 1 by the delta method, variance (m_t/m_c)² (A/m_t² + B/m_c²);
    /// null when the control's mean is not above 0.</summary>
    public static Interval? Lift(GroupTotals test, GroupTotals control)
    {
        double t = test.PerCustomer, c = control.PerCustomer;
        if (c <= 0)
            return null;
        double a = test.Variance / test.Customers, b = control.Variance / control.Customers;
        var half = Distributions.Z95 * Math.Sqrt(a + t * t / (c * c) * b) / c;
        return new Interval(t / c - 1 - half, t / c - 1 + half);
    }
}
