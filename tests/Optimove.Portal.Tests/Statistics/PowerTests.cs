using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

public sealed class PowerTests
{
    [Fact]
    public void Equal_arms_need_about_sixteen_variances_over_the_square_of_the_difference()
    {
        var needed = Power.ControlForRates(0.10, 0.10, 1);
        Assert.InRange(needed, 0.9 * 16 * 0.105 * 0.895 / 0.0001, 1.02 * 16 * 0.105 * 0.895 / 0.0001);
        Assert.Equal(1570, Power.ControlForMeans(10, 1, 1), 1.0);
    }

    [Theory]
    [InlineData(0.064, 0.19, 9)]
    [InlineData(0.30, -0.20, 1)]
    [InlineData(0.01, 0.50, 4)]
    public void A_group_of_the_size_asked_for_has_the_chance_asked_for(double rate, double lift, double ratio)
    {
        var control = Power.ControlForRates(rate, lift, ratio);
        Assert.Equal(0.8, Power.OfRates(rate, rate * (1 + lift), (long)(control * ratio), control), 0.002);
        Assert.Equal(0.8, Power.OfMeans(25, 2, (long)(Power.ControlForMeans(25, 2, ratio) * ratio), Power.ControlForMeans(25, 2, ratio)), 0.002);
    }

    [Fact]
    public void The_smallest_lift_and_difference_have_a_chance_of_80_per_cent()
    {
        var lift = Power.SmallestLift(0.064, 36_808, 4_090)!.Value;
        Assert.Equal(0.8, Power.OfRates(0.064, 0.064 * (1 + lift), 36_808, 4_090), 6);
        var difference = Power.SmallestDifference(18, 36_808, 4_090)!.Value;
        Assert.Equal(0.8, Power.OfMeans(18, difference, 36_808, 4_090), 6);
    }

    [Fact]
    public void Without_an_effect_the_chance_is_the_five_per_cent_of_false_alarms()
    {
        Assert.Equal(0.05, Power.OfRates(0.1, 0.1, 5000, 5000), 6);
        Assert.Equal(0.05, Power.OfMeans(18, 0, 5000, 5000), 6);
    }

    [Fact]
    public void Groups_too_small_for_any_effect_have_no_smallest_lift()
    {
        Assert.Null(Power.SmallestLift(0.9, 3, 2));
        Assert.Null(Power.SmallestLift(0, 1000, 1000));
        Assert.Null(Power.SmallestDifference(10, 0, 5));
        Assert.Equal(0, Power.OfRates(0.1, 0.2, 0, 100));
    }

    [Fact]
    public void Ten_per_cent_is_the_smallest_share_that_gives_an_80_per_cent_chance_in_the_wizards_example()
    {
        Assert.Equal(0.10, Power.SmallestShare(40_898, 0.0639, 0.19));
        Assert.Null(Power.SmallestShare(300, 0.0639, 0.19));
    }

    [Fact]
    public void A_test_group_beyond_ten_times_the_control_buys_almost_nothing()
    {
        var ten = Power.SmallestLift(0.05, 40_000, 4_000)!.Value;
        var hundred = Power.SmallestLift(0.05, 400_000, 4_000)!.Value;
        Assert.InRange(hundred / ten, 0.94, 1);
    }
}
