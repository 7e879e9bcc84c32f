using Optimove.Portal.Statistics;

namespace Optimove.Portal.Tests.Statistics;

public sealed class VerdictTests
{
    private static readonly GroupTotals Control = Totals.Value(4_021, 257, 14_290, 287.3);
    private static readonly GroupTotals Test = Totals.Value(36_512, 2_790, 161_770, 365.84);

    private static Verdict Read(GroupTotals test, GroupTotals control, double planned = 0.1, DateOnly? openUntil = null) =>
        Verdict.Of(test, control, planned, openUntil, "EUR");

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    [Fact]
    public void A_result_whose_interval_excludes_0_is_proven()
    {
        var verdict = Read(Test, Control);
        Assert.Equal((VerdictKind.Proven, "Proven", false), (verdict.Kind, verdict.Label, verdict.SoFar));
        Assert.Equal(
            "This campaign earned €32,012 more than doing nothing would have. With 95 % certainty it was between €11,581 and €52,443.",
            Plain(verdict.Sentence));
        Assert.Equal(3.07, verdict.Figures.ValueTest!.T, 2);
        Assert.Equal(456, verdict.Figures.ExtraResponders, 0.5);
        Assert.Equal(26_388, verdict.Figures.Net(5_624), 0.5);
        Assert.Equal(4.7, verdict.Figures.Return(5_624)!.Value, 1);
    }

    [Fact]
    public void The_space_before_the_per_cent_sign_does_not_break() => Assert.Contains("95\u00A0% certainty", Read(Test, Control).Sentence);

    [Fact]
    public void A_proven_loss_says_how_much_less()
    {
        var verdict = Read(Totals.Value(36_512, 2_000, 97_746, 365.84), Control);
        Assert.Equal(VerdictKind.Proven, verdict.Kind);
        Assert.StartsWith("This campaign earned €32,012 less than doing nothing would have.", verdict.Sentence);
        Assert.EndsWith("between €11,581 and €52,443 less.", verdict.Sentence);
    }

    [Fact]
    public void A_result_that_could_be_chance_says_from_where_to_where()
    {
        var verdict = Read(Totals.Value(36_512, 2_500, 135_117, 145), Totals.Value(4_021, 257, 14_290, 116));
        Assert.Equal((VerdictKind.NotProven, "Not proven"), (verdict.Kind, verdict.Label));
        Assert.Matches(@"^Could be anything from €7,\d{3} less to €18,\d{3} more\. Run it again and read the sum of both\.$", verdict.Sentence);
    }

    [Fact]
    public void A_split_that_missed_its_plan_voids_the_result()
    {
        var verdict = Read(Test with { Customers = 8_860 }, Control with { Customers = 1_140 });
        Assert.Equal((VerdictKind.NoVerdict, "No verdict"), (verdict.Kind, verdict.Label));
        Assert.Equal("The control came out at 11.4 % where 10 % was planned, so the two groups cannot be compared.", Plain(verdict.Sentence));
    }

    [Fact]
    public void Nothing_is_proven_before_the_window_closes()
    {
        var verdict = Read(Test, Control, openUntil: new DateOnly(2026, 6, 13));
        Assert.Equal((VerdictKind.NotProven, "Not proven so far", true), (verdict.Kind, verdict.Label, verdict.SoFar));
        Assert.Equal(
            "So far this campaign earned €32,012 more than doing nothing would have; it could be anything from €11,581 more to €52,443 more. "
            + "The verdict comes when the window closes on 13 June.",
            verdict.Sentence);
    }

    [Theory]
    [InlineData(0, 100, "Nobody was in the test group")]
    [InlineData(100, 0, "Nobody was held back as control")]
    public void Without_one_of_the_groups_there_is_no_verdict(long test, long control, string begin)
    {
        var verdict = Read(Totals.Rate(test / 10, test), Totals.Rate(control / 10, control));
        Assert.Equal(VerdictKind.NoVerdict, verdict.Kind);
        Assert.StartsWith(begin, verdict.Sentence);
    }

    [Theory]
    [InlineData(0, 900, 0, 100, "Nobody in either group responded, so there is nothing to compare.")]
    [InlineData(40, 45, 1, 5, "Too few to tell: the test group has 45 customers with 40 responders, and it takes 50 with 15.")]
    [InlineData(200, 900, 1, 100, "Too few to tell: the control has 100 customers with 1 responder, and it takes 30 with 5.")]
    [InlineData(900, 900, 100, 100, "Every customer has the same value, so there is nothing to compare.")]
    public void Too_little_to_compare_is_said_and_proves_nothing(long x, long n, long y, long m, string sentence)
    {
        var verdict = Read(Totals.Rate(x, n), Totals.Rate(y, m));
        Assert.Equal((VerdictKind.NotProven, sentence), (verdict.Kind, verdict.Sentence));
    }

    [Fact]
    public void A_measure_that_is_not_money_is_written_in_its_own_unit()
    {
        var verdict = Verdict.Of(Totals.Rate(300, 900), Totals.Rate(20, 100), 0.1, null, v => $"{v:0} orders");
        Assert.StartsWith("This campaign earned 120 orders more than doing nothing would have.", verdict.Sentence);
    }
}
