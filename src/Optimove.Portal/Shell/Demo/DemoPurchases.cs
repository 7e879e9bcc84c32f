namespace Optimove.Portal.Shell.Demo;

/// <summary>A generated purchase; its external id is the same whenever it is made again.</summary>
internal readonly record struct DemoPurchase(DemoCustomer Customer, DateOnly Day, TimeOnly Time, decimal Amount, string ExternalId);

/// <summary>
/// Makes two years of purchases: how often somebody buys follows a steep skew (few buy much), amounts are roughly log-normal. A day's purchases
/// depend on the day and the customer only, so that tomorrow's file is tomorrow's part of the same story.
/// </summary>
internal static class DemoPurchases
{
    public static IEnumerable<DemoPurchase> Make(IReadOnlyCollection<DemoCustomer> customers, DateOnly from, DateOnly to)
    {
        foreach (var customer in customers)
        {
            var start = customer.SignedUpOn > from ? customer.SignedUpOn : from;
            for (var day = start; day <= to; day = day.AddDays(1))
            {
                if (On(customer, day) is { } purchase) yield return purchase;
            }
        }
    }

    /// <param name="lift">How much likelier than usual a purchase is, for example 1.3 after a message that was read.</param>
    public static DemoPurchase? On(DemoCustomer customer, DateOnly day, double lift = 1)
    {
        var seed = Mix((uint)customer.Number, (uint)day.DayNumber);
        // People lose interest: half of them buy less and less after their first months.
        var months = Math.Max(0, day.DayNumber - customer.SignedUpOn.DayNumber) / 30.0;
        var interest = customer.Number % 2 == 0 ? 1 : Math.Exp(-months / 9);
        var chance = (0.0012 + 0.016 * customer.Appetite) * interest * (day.DayOfWeek is DayOfWeek.Saturday ? 1.5 : 1) * lift;
        if ((seed & 0xFFFFFF) / (double)0x1000000 >= chance) return null;
        var (u, v) = (((seed >> 24) & 0xFFFF) / 65536.0, ((seed >> 40) & 0xFFFF) / 65536.0);
        var normal = Math.Sqrt(-2 * Math.Log(u + 1e-9)) * Math.Cos(2 * Math.PI * v);
        var amount = Math.Round((decimal)(38 * Math.Exp(0.55 * normal + 0.5 * customer.Appetite)), 2);
        return new(customer, day, new TimeOnly((int)(8 + seed % 14), (int)(seed / 7 % 60)), amount, $"{customer.Id}-{day:yyMMdd}");
    }

    // Finaliser of SplitMix64: every bit of the pair reaches every bit of the result.
    private static ulong Mix(uint a, uint b)
    {
        var z = (((ulong)a << 32) | b) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
