using Optimove.Portal.Statistics;

namespace Optimove.Portal.Analysis.Figures;

/// <summary>What the two groups of an occurrence did in its window, by assignment (ANALYSIS 2.2); values in the KPI's unit.</summary>
/// <param name="TestInData">Of the test customers, those who are still in the customer data.</param>
/// <param name="ControlInData">The same of the control.</param>
/// <param name="Days">The groups' totals from the send to the end of each day of 24 hours; the first is the send itself.</param>
/// <param name="Cap">The pooled 99th percentile of the values; null when there is nothing to cap at.</param>
/// <param name="CappedTest">The test group's totals with each value capped; as they are without a cap.</param>
/// <param name="TopShare">The part of the whole value that the top 1 % of customers hold, a share of 1.</param>
public sealed record Measurement(
    GroupTotals Test, GroupTotals Control, long TestInData, long ControlInData, IReadOnlyList<DayTotals> Days,
    double? Cap, GroupTotals CappedTest, GroupTotals CappedControl, double TopShare);

/// <summary>Both groups' totals from the send to the end of one day.</summary>
public readonly record struct DayTotals(int Day, GroupTotals Test, GroupTotals Control);
