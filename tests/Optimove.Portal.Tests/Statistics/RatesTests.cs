using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

public sealed class RatesTests
{
    [Fact]
    public void Fishers_tea_taster_has_P_of_34_in_70()
    {
        Assert.Equal(34.0 / 70, Rates.Fisher(Totals.Rate(3, 4), Totals.Rate(1, 4)), 12);
        Assert.Equal(2.0 / 70, Rates.Fisher(Totals.Rate(4, 4), Totals.Rate(0, 4)), 12);
    }

    [Fact]
    public void Fisher_on_a_table_without_responders_says_1() => Assert.Equal(1, Rates.Fisher(Totals.Rate(0, 40), Totals.Rate(0, 9)), 12);

    [Fact]
    public void Fisher_survives_ten_million_customers()
    {
        var p = Rates.Fisher(Totals.Rate(300_000, 10_000_000), Totals.Rate(0, 150));
        Assert.InRange(p, 0.01, 0.05);
        Assert.Equal(0, Rates.Fisher(Totals.Rate(500_000, 10_000_000), Totals.Rate(90, 90)), 12);
    }

    [Fact]
    public void The_exact_test_takes_over_when_an_expected_cell_is_below_5()
    {
        Assert.Null(Rates.Test(Totals.Rate(20, 900), Totals.Rate(0, 100))!.Value.Z);
        Assert.NotNull(Rates.Test(Totals.Rate(180, 900), Totals.Rate(14, 100))!.Value.Z);
        Assert.Null(Rates.Test(Totals.Rate(0, 0), Totals.Rate(1, 10)));
    }

    [Fact]
    public void The_lift_of_a_rate_has_Katz_interval()
    {
        var lift = Rates.Lift(Totals.Rate(180, 900), Totals.Rate(14, 100))!.Value;
        var half = 1.959964 * Math.Sqrt(0.8 / 180 + 0.86 / 14);
        Assert.Equal(0.2 / 0.14 * Math.Exp(-half) - 1, lift.Lower, 5);
        Assert.Equal(0.2 / 0.14 * Math.Exp(half) - 1, lift.Upper, 5);
        Assert.Null(Rates.Lift(Totals.Rate(180, 900), Totals.Rate(0, 100)));
    }

    [Fact]
    public void Equal_arms_have_an_even_chance_to_beat_each_other() =>
        Assert.Equal(0.5, Rates.ChanceToBeat(Totals.Rate(90, 1000), Totals.Rate(90, 1000))!.Value, 9);

    [Fact]
    public void The_overall_test_of_three_arms_is_the_sum_over_cells()
    {
        GroupTotals[] arms = [Totals.Rate(10, 100), Totals.Rate(20, 100), Totals.Rate(30, 100)];
        var test = ChiSquared.Responses(arms);
        Assert.Equal(2, test.DegreesOfFreedom);
        Assert.Equal(12.5, test.Statistic, 9);
        Assert.Equal(Math.Exp(-12.5 / 2), test.P, 9);
    }

    [Fact]
    public void A_planned_share_of_nobody_that_has_somebody_fails() =>
        Assert.Equal(0, ChiSquared.Fit([90, 10], [1, 0]).P);

    [Fact]
    public void The_best_arm_is_ahead_only_when_it_beats_the_second_after_Holm()
    {
        var close = ArmRanking.Of([Totals.Rate(2254, 29_870), Totals.Rate(536, 6_642)])!;
        Assert.Equal((1, 0, false), (close.Best, close.RunnerUp, close.BestIsAhead));
        Assert.Equal(0.15, close.AgainstBest[0], 2);
        var clear = ArmRanking.Of([Totals.Rate(100, 2000), Totals.Rate(160, 2000), Totals.Rate(101, 2000)])!;
        Assert.Equal((1, 2, true), (clear.Best, clear.RunnerUp, clear.BestIsAhead));
        Assert.Equal(1, clear.AgainstBest[1]);
        Assert.Null(ArmRanking.Of([Totals.Rate(1, 10)]));
    }

    [Fact]
    public void Holm_and_Benjamini_Hochberg_adjust_as_published()
    {
        double[] ps = [0.01, 0.04, 0.03, 0.005];
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Multiplicity.Holm(ps).Select(p => Math.Round(p, 9)));
        Assert.Equal([0.02, 0.04, 0.04, 0.02], Multiplicity.BenjaminiHochberg(ps).Select(p => Math.Round(p, 9)));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_215)]
    [InlineData(1_000_000)]
    [InlineData(40_000_000)]
    public void Students_distribution_closes_in_on_the_normal_at_any_size(double df)
    {
        Assert.Equal(Distributions.Z95 + (Math.Pow(Distributions.Z95, 3) + Distributions.Z95) / (4 * df), Distributions.StudentCritical95(df), 5);
        Assert.Equal(Distributions.NormalTwoSided(3.07), Distributions.StudentTwoSided(3.07, df), 3);
        Assert.Equal(0.05, Distributions.StudentTwoSided(Distributions.StudentCritical95(df), df), 7);
    }
}
