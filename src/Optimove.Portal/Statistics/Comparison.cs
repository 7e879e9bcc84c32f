namespace Optimove.Portal.Statistics;

/// <summary>Everything that a test group's totals say against the control's, by assignment, opened or not (ANALYSIS 2.2).</summary>
/// <param name="Increase">Increase in value I = n_t (m_t − m_c) for the whole test group, in the KPI's unit.</param>
/// <param name="IncreaseInterval">n_t (d ± t* √(A + B)), 95 %; null when there is too little to compare.</param>
/// <param name="ValueTest">Welch's test of the value per customer; null when there is too little to compare.</param>
/// <param name="Lift">m_t / m_c − 1; null when the control's mean is not above 0.</param>
/// <param name="RateDifference">p_t − p_c, shares of 1.</param>
/// <param name="RateInterval">Newcombe's 95 % interval of p_t − p_c; null when a group is empty.</param>
/// <param name="RateTest">z-test or Fisher's exact test of the response rates; null when a group is empty.</param>
/// <param name="ExtraResponders">n_t (p_t − p_c).</param>
public sealed record Comparison(
    GroupTotals Test,
    GroupTotals Control,
    double Increase,
    Interval? IncreaseInterval,
    WelchTest? ValueTest,
    double? Lift,
    double RateDifference,
    Interval? RateInterval,
    RateTest? RateTest,
    double ExtraResponders)
{
    /// <summary>Compares one group (an action, or all of them together) with the control.</summary>
    public static Comparison Of(GroupTotals test, GroupTotals control)
    {
        var value = Means.Welch(test, control);
        var rates = test.ResponseRate - control.ResponseRate;
        return new Comparison(
            test,
            control,
            test.Customers * (test.PerCustomer - control.PerCustomer),
            value?.Interval.Times(test.Customers),
            value,
            control.PerCustomer > 0 ? test.PerCustomer / control.PerCustomer - 1 : null,
            rates,
            test.Customers > 0 && control.Customers > 0 ? Rates.Newcombe(test, control) : null,
            Rates.Test(test, control),
            test.Customers * rates);
    }

    /// <summary>Increase less the cost of messages and promotions, in the KPI's unit.</summary>
    public double Net(double cost) => Increase - cost;

    /// <summary>Net value per unit of cost; null when it cost nothing.</summary>
    public double? Return(double cost) => cost > 0 ? Net(cost) / cost : null;
}
