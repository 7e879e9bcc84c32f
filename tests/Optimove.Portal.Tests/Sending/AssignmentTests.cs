using System.Globalization;
using System.Text;
using Optimove.Portal.Statistics;
using Optimove.Portal.Sending;

namespace Optimove.Portal.Tests.Sending;

public sealed class AssignmentTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static Assignment Plan(double share, string salt = "2026-06-18") => new(Key, "42", salt, share);

    private static double Draw(string salt, string customer)
    {
        var plan = Plan(0.1, salt);
        return plan.Draw(customer);
    }

    [Theory]
    [InlineData("2026-06-18", "C-104882", 0.798756190958484)]
    [InlineData("", "C-104882", 0.7121862889637229)]
    [InlineData("2026-06-18", "Zoë|7", 0.43657786877562543)]
    public void The_draw_is_the_HMAC_that_any_other_program_computes(string salt, string customer, double expected) =>
        Assert.Equal(expected, Draw(salt, customer), 15);

    [Fact]
    public void An_id_in_UTF_8_draws_like_the_same_id_in_text()
    {
        var plan = Plan(0.5);
        foreach (var id in Enumerable.Range(0, 500).Select(i => $"Ünïcode-{i}").Append(new string('x', 2000)))
            Assert.Equal(plan.IsControl(id), plan.IsControl(Encoding.UTF8.GetBytes(id)));
    }

    [Fact]
    public void Draws_are_spread_evenly_over_the_unit_interval()
    {
        var cells = new long[20];
        var plan = Plan(0.1);
        for (var i = 0; i < 200_000; i++)
            cells[(int)(plan.Draw(i.ToString(CultureInfo.InvariantCulture)) * cells.Length)]++;
        Assert.True(ChiSquared.Fit(cells, [.. cells.Select(_ => 1.0)]).P > 0.001);
    }

    [Fact]
    public void The_control_has_the_planned_share()
    {
        var plan = Plan(0.1);
        var control = Enumerable.Range(0, 100_000).Count(i => plan.IsControl($"C-{i}"));
        Assert.True(SplitCheck.Of(100_000 - control, control, 0.1).Passed);
    }

    [Fact]
    public void The_same_customer_always_gets_the_same_answer_and_another_occurrence_draws_anew()
    {
        var ids = Enumerable.Range(0, 2_000).Select(i => $"C-{i}").ToArray();
        Assignment plan = Plan(0.5), same = Plan(0.5), next = Plan(0.5, "2026-06-25");
        var first = ids.Select(id => plan.IsControl(id)).ToArray();
        Assert.Equal(first, ids.Reverse().Select(id => same.IsControl(id)).Reverse());
        var again = ids.Select(id => next.IsControl(id)).ToArray();
        Assert.InRange(first.Zip(again).Count(pair => pair.First == pair.Second), 900, 1_100);
    }

    [Fact]
    public void A_larger_share_only_adds_people()
    {
        Assignment small = Plan(0.1), large = Plan(0.2);
        foreach (var id in Enumerable.Range(0, 2_000).Select(i => $"C-{i}"))
            Assert.True(!small.IsControl(id) || large.IsControl(id));
    }

    [Fact]
    public void A_share_of_0_holds_nobody_back_and_a_share_of_1_everybody()
    {
        Assignment none = Plan(0), all = Plan(1);
        foreach (var id in Enumerable.Range(0, 2_000).Select(i => $"C-{i}"))
            Assert.True(!none.IsControl(id) && all.IsControl(id));
    }
}
