using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

public sealed class WorkedExampleTests
{
    [Theory]
    [InlineData(180, 200, 14, 150, 17_100)]
    [InlineData(290, 500, 25, 200, 100_000)]
    public void The_published_increases_in_value_come_out(long testBuyers, double testSpend, long controlBuyers, double controlSpend, double published)
    {
        var test = new GroupTotals(900, testBuyers, testBuyers * testSpend, 0);
        var control = new GroupTotals(100, controlBuyers, controlBuyers * controlSpend, 0);
        Assert.Equal(published, Comparison.Of(test, control).Increase, 6);
    }

    [Fact]
    public void The_VIP_example_is_promising_and_not_proven_on_response()
    {
        var (test, control) = (Totals.Rate(180, 900), Totals.Rate(14, 100));
        var z = Rates.ZTest(test, control);
        Assert.Equal(1.439475, z.Z!.Value, 6);
        Assert.Equal(0.150016, z.P, 6);
        AssertInterval(-0.012856, 0.132856, Rates.Wald(test, control), 6);
        AssertInterval(-0.025077, 0.121204, Rates.Newcombe(test, control), 6);
    }

    [Fact]
    public void The_catalogue_lifts_the_rate_beyond_doubt()
    {
        var test = Rates.Test(Totals.Rate(13_200, 415_500), Totals.Rate(448, 27_400))!.Value;
        Assert.True(test.Z > 10 && test.P < 1e-20);
    }

    [Fact]
    public void One_per_cent_against_one_point_two_is_not_enough()
    {
        var z = Rates.ZTest(Totals.Rate(120, 10_000), Totals.Rate(100, 10_000));
        Assert.Equal(1.355878, z.Z!.Value, 6);
        Assert.Equal(0.175138, z.P, 6);
    }

    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    public void The_published_Wilson_intervals_come_out(long responders, long customers, double lower, double upper) =>
        AssertInterval(lower, upper, Rates.Wilson(responders, customers), 4);

    [Fact]
    public void The_published_sleep_data_come_out_of_Welch()
    {
        var welch = Means.Welch(
            GroupTotals.Of([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]),
            GroupTotals.Of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]))!;
        Assert.Equal(-1.860813, welch.T, 6);
        Assert.Equal(17.776474, welch.DegreesOfFreedom, 6);
        Assert.Equal(0.079394, welch.P, 6);
        AssertInterval(-3.365483, 0.205483, welch.Interval, 6);
    }

    [Fact]
    public void Welch_on_the_published_pooled_example_comes_out()
    {
        var welch = Means.Welch(10, 9.63, 1.20 * 1.20, 15, 10.78, 0.94 * 0.94)!;
        Assert.Equal(-2.552993, welch.T, 6);
        Assert.Equal(16.133787, welch.DegreesOfFreedom, 6);
        Assert.Equal(0.021176, welch.P, 6);
    }

    [Fact]
    public void The_published_pooled_t_gets_its_probability_and_interval_from_our_distribution()
    {
        const double df = 23, difference = 9.63 - 10.78;
        var error = Math.Sqrt((9 * 1.20 * 1.20 + 14 * 0.94 * 0.94) / df * (1.0 / 10 + 1.0 / 15));
        Assert.Equal(-2.68, difference / error, 2);
        Assert.Equal(0.013, Distributions.StudentTwoSided(difference / error, df), 3);
        var half = Distributions.StudentCritical95(df) * error;
        AssertInterval(-2.036, -0.264, new Interval(difference - half, difference + half), 3);
    }

    [Theory]
    [InlineData(600, 400, 2.54e-10, 1e-12)]
    [InlineData(44_000, 45_000, 0.0008, 0.00005)]
    public void The_published_split_checks_fail(long test, long control, double p, double tolerance)
    {
        var split = SplitCheck.Of(test, control, 0.5);
        Assert.Equal(p, split.P, tolerance);
        Assert.False(split.Passed);
    }

    [Fact]
    public void A_chance_to_beat_of_97_per_cent_is_not_significant_two_sided()
    {
        var (a, b) = (Totals.Rate(1000, 10_000), Totals.Rate(1080, 10_000));
        Assert.Equal(0.968079, Rates.ChanceToBeat(a, b)!.Value, 6);
        Assert.Equal(0.064, Rates.ZTest(b, a).P, 3);
    }

    [Theory]
    [InlineData(0.05, 0.53, 0.262)]
    [InlineData(0.10, 0.82, 0.186)]
    [InlineData(0.15, 0.93, 0.155)]
    [InlineData(0.20, 0.97, 0.138)]
    public void The_table_of_control_shares_of_the_wizard_comes_out(double share, double chance, double smallest)
    {
        const long reachable = 40_898;
        var control = (long)Math.Round(reachable * share);
        Assert.Equal(chance, Power.AtShare(reachable, share, 0.0639, 0.19), 0.0101);
        Assert.Equal(smallest, Power.SmallestLift(0.0639, reachable - control, control)!.Value, 0.0025);
    }

    private static void AssertInterval(double lower, double upper, Interval actual, int digits)
    {
        Assert.Equal(lower, actual.Lower, digits);
        Assert.Equal(upper, actual.Upper, digits);
    }
}
