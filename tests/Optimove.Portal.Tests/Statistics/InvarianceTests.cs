using FsCheck;
using FsCheck.Fluent;
using Optimove.Portal.Statistics;
using Interval = Optimove.Portal.Statistics.Interval;

namespace Optimove.Portal.Tests.Statistics;

public sealed class InvarianceTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<GroupTotals> Group =
        from customers in Gen.Choose(2, 50_000)
        from responders in Gen.Choose(0, customers)
        from average in Gen.Choose(1, 500)
        from spread in Gen.Choose(100, 900)
        let sum = (double)responders * average
        select new GroupTotals(customers, responders, sum, sum * average * spread / 100.0);

    private static readonly Arbitrary<(GroupTotals A, GroupTotals B)> Pair = (from a in Group from b in Group select (a, b)).ToArbitrary();

    private static void Holds(Func<GroupTotals, GroupTotals, bool> property) =>
        Check.One(Many, Prop.ForAll(Pair, pair => property(pair.A, pair.B)));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static bool Mirrored(Interval a, Interval b) => Near(a.Lower, -b.Upper) && Near(a.Upper, -b.Lower);

    [Fact]
    public void Swapping_the_groups_flips_every_sign() => Holds((a, b) =>
        Mirrored(Rates.Newcombe(a, b), Rates.Newcombe(b, a))
        && Mirrored(Rates.Wald(a, b), Rates.Wald(b, a))
        && Near(Rates.ZTest(a, b).Z!.Value, -Rates.ZTest(b, a).Z!.Value)
        && Means.Welch(a, b) is var ab && Means.Welch(b, a) is var ba
        && (ab is null ? ba is null : Near(ab.T, -ba!.T) && Near(ab.P, ba.P) && Mirrored(ab.Interval, ba.Interval)));

    [Fact]
    public void Totals_of_two_groups_added_are_the_totals_of_all_customers() => Check.One(Many, Prop.ForAll(
        (from a in Gen.Choose(0, 900).Select(v => v / 4.0).ArrayOf()
         from b in Gen.Choose(0, 900).Select(v => v / 4.0).ArrayOf()
         select (a, b)).ToArbitrary(),
        pair => GroupTotals.Of(pair.a) + GroupTotals.Of(pair.b) == GroupTotals.Of(pair.a.Concat(pair.b))));

    [Fact]
    public void The_square_of_z_is_Pearsons_chi_squared() => Holds((a, b) =>
    {
        var z = Rates.ZTest(a, b);
        var chi = ChiSquared.Responses([a, b]);
        return Near(z.Z!.Value * z.Z.Value, chi.Statistic) && Math.Abs(z.P - chi.P) < 1e-9;
    });

    [Fact]
    public void Intervals_of_rates_stay_inside_what_rates_can_be() => Holds((a, b) =>
    {
        var newcombe = Rates.Newcombe(a, b);
        var wilson = Rates.Wilson(a.Responders, a.Customers);
        return newcombe is { Lower: >= -1, Upper: <= 1 } && newcombe.Contains(a.ResponseRate - b.ResponseRate)
            && wilson is { Lower: >= 0, Upper: <= 1 } && wilson.Contains(a.ResponseRate);
    });

    [Fact]
    public void The_increase_is_responders_times_average_less_what_the_control_would_have_spent() => Holds((t, c) =>
        c.Responders == 0 || t.Responders == 0
        || Near(Comparison.Of(t, c).Increase, t.Responders * t.PerResponder!.Value - c.ResponseRate * c.PerResponder!.Value * t.Customers));

    [Fact]
    public void The_interval_of_the_increase_excludes_0_exactly_when_P_is_below_5_per_cent() => Holds((t, c) =>
        Means.Welch(t, c) is not { } welch || Math.Abs(welch.P - 0.05) < 1e-6 || welch.Interval.Contains(0) == welch.P > 0.05);

    [Fact]
    public void Money_in_another_unit_changes_neither_t_nor_P() => Holds((t, c) =>
    {
        static GroupTotals InCents(GroupTotals g) => g with { Sum = g.Sum * 100, SumOfSquares = g.SumOfSquares * 10_000 };
        var (a, b) = (Means.Welch(t, c), Means.Welch(InCents(t), InCents(c)));
        return a is null ? b is null : Math.Abs(a.T - b!.T) < 1e-6 && Math.Abs(a.P - b.P) < 1e-6;
    });

    [Fact]
    public void Adjusted_probabilities_are_never_below_the_raw_ones_and_Holm_is_the_stricter() => Check.One(Many, Prop.ForAll(
        Gen.Choose(0, 1000).Select(v => v / 1000.0).ArrayOf().ToArbitrary(),
        ps =>
        {
            var holm = Multiplicity.Holm(ps);
            var hochberg = Multiplicity.BenjaminiHochberg(ps);
            return ps.Select((p, i) => p <= hochberg[i] + 1e-12 && hochberg[i] <= holm[i] + 1e-12 && holm[i] <= 1).All(ok => ok);
        }));
}
