using FsCheck;
using FsCheck.Fluent;
using Optimove.Portal.Ui.Charts;

namespace Optimove.Portal.Tests.Ui.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 4620, 5, new double[] { 0, 1000, 2000, 3000, 4000, 5000 })]
    [InlineData(47_183, 52_310, 5, new double[] { 46_000, 48_000, 50_000, 52_000, 54_000 })]
    [InlineData(0, 0, 5, new double[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(7, 7, 5, new double[] { 0, 2, 4, 6, 8 })]
    public void Ends_and_steps_are_round(double lowest, double highest, int steps, double[] expected) =>
        Assert.Equal(expected, Axis.Holding(lowest, highest, steps).Values);

    [Fact]
    public void Counts_have_whole_steps() => Assert.Equal([0, 1, 2], Axis.Holding(0, 2, 5, wholeSteps: true).Values);

    [Fact]
    public void A_shared_scale_holds_every_interval_and_0_with_room_around_it()
    {
        Assert.Equal((-10_000, 60_000), (Axis.HoldingIntervals([(11_581, 52_443)]).From, Axis.HoldingIntervals([(11_581, 52_443)]).To));
        Assert.True(Axis.HoldingIntervals([(-30, -12)]).To > 0);
    }

    [Fact]
    public void Any_axis_holds_what_it_is_for_in_a_few_ascending_steps() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        (from a in Gen.Choose(-1_000_000, 1_000_000) from b in Gen.Choose(-1_000_000, 1_000_000) from scale in Gen.Elements(0.0001, 0.37, 1.0, 1234.5)
         select (Low: Math.Min(a, b) * scale, High: Math.Max(a, b) * scale)).ToArbitrary(),
        range =>
        {
            var axis = Axis.Holding(range.Low, range.High);
            return axis.From <= range.Low + 1e-9 && axis.To >= range.High - 1e-9 && axis.Values.Count is >= 2 and <= 9
                && axis.Values.Zip(axis.Values.Skip(1)).All(pair => pair.First < pair.Second);
        }));

    [Theory]
    [InlineData(31, "0 5 10 15 20 25 30")]
    [InlineData(30, "0 14 29")]
    [InlineData(8, "0 3 7")]
    [InlineData(2, "0 1")]
    [InlineData(1, "0")]
    [InlineData(0, "")]
    public void Ticks_under_points_are_few_and_hold_both_ends(int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', Axis.Every(count, i => $"{i}").Select(t => t.Label)));
}
