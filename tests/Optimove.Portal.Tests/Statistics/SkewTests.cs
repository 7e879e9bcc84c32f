using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

public sealed class SkewTests
{
    private static readonly double[] Responders = [.. Enumerable.Range(1, 99).Select(i => 10.0), 5000];

    [Fact]
    public void The_top_one_per_cent_of_customers_is_counted_over_everyone_assigned()
    {
        Assert.Equal(5000 / 5990.0, Skew.TopShare(Responders, 100), 9);
        Assert.Equal((5000 + 9 * 10) / 5990.0, Skew.TopShare(Responders, 1000), 9);
        Assert.True(Skew.IsHeavy(Skew.TopShare(Responders, 100)));
        Assert.Equal(0, Skew.TopShare([], 1000));
    }

    [Fact]
    public void The_cap_is_the_99th_percentile_of_all_customers_together()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => (double)i)];
        Assert.Equal(990, Skew.Cap(values, 1000));
        Assert.Equal(10, Skew.Cap(Responders, 1000));
        Assert.Equal(5000, Skew.Cap(Responders, 99));
    }

    [Fact]
    public void With_fewer_than_one_per_cent_of_responders_there_is_nothing_to_cap_at() => Assert.Null(Skew.Cap([20, 30], 10_000));

    [Fact]
    public void Capping_keeps_customers_and_responders_and_shortens_only_the_excess() =>
        Assert.Equal(new GroupTotals(1000, 100, 1000, 10_000), Skew.Capped(Responders, 1000, 10));
}
