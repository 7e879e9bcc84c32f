namespace Optimove.Portal.Statistics;

/// <summary>What one group of assigned customers did in the window. Totals of disjoint groups may be added; every figure of the
/// analysis follows from them (ANALYSIS 2.2: n, x, S, Q). The value of a customer who did nothing is 0.</summary>
/// <param name="Customers">n: everyone assigned, whether reached or not.</param>
/// <param name="Responders">x: customers with at least one activity that counts.</param>
/// <param name="Sum">S: sum of the customers' values, in the KPI's unit.</param>
/// <param name="SumOfSquares">Q: sum of the squares of the customers' values, in the KPI's unit squared.</param>
public readonly record struct GroupTotals(long Customers, long Responders, double Sum, double SumOfSquares)
{
    /// <summary>p = x / n, a share of 1; 0 in an empty group.</summary>
    public double ResponseRate => Customers == 0 ? 0 : (double)Responders / Customers;

    /// <summary>S / x in the KPI's unit; null when nobody responded.</summary>
    public double? PerResponder => Responders == 0 ? null : Sum / Responders;

    /// <summary>m = S / n in the KPI's unit; 0 in an empty group.</summary>
    public double PerCustomer => Customers == 0 ? 0 : Sum / Customers;

    /// <summary>s² = (Q − n m²) / (n − 1) in the KPI's unit squared; 0 below two customers.</summary>
    public double Variance => Customers < 2
        ? 0
        : Math.Max(0, (SumOfSquares - Customers * PerCustomer * PerCustomer) / (Customers - 1));

    /// <summary>Totals of customers whose values are given, non-responders as 0; a responder is who has a value other than 0.</summary>
    public static GroupTotals Of(IEnumerable<double> values)
    {
        var totals = new GroupTotals();
        foreach (var value in values)
            totals += new GroupTotals(1, value == 0 ? 0 : 1, value, value * value);
        return totals;
    }

    public static GroupTotals operator +(GroupTotals a, GroupTotals b) =>
        new(a.Customers + b.Customers, a.Responders + b.Responders, a.Sum + b.Sum, a.SumOfSquares + b.SumOfSquares);
}
