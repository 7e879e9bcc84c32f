using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

internal static class Totals
{
    /// <summary>Responses only: each responder is worth 1.</summary>
    public static GroupTotals Rate(long responders, long customers) => new(customers, responders, responders, responders);

    /// <summary>Totals with the variance given instead of the sum of squares.</summary>
    public static GroupTotals Value(long customers, long responders, double sum, double variance) =>
        new(customers, responders, sum, variance * (customers - 1) + sum * sum / customers);
}
