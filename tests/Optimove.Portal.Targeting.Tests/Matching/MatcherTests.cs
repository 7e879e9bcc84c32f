using Optimove.Portal.Targeting.Matching;
using Optimove.Portal.Targeting.Tests.Testing;

namespace Optimove.Portal.Targeting.Tests.Matching;

/// <summary>What the words mean, said by example; the database is held against the same code by random rules.</summary>
public class MatcherTests
{
    private static readonly RuleContext Context = SampleData.Context();

    [Theory]
    [InlineData(Operator.InLastDays, -3, true)]
    [InlineData(Operator.InLastDays, 0, true)]
    [InlineData(Operator.InLastDays, -4, false)]
    [InlineData(Operator.InLastDays, 1, false)]
    [InlineData(Operator.MoreThanDaysAgo, -3, false)]
    [InlineData(Operator.MoreThanDaysAgo, -4, true)]
    [InlineData(Operator.InNextDays, 0, true)]
    [InlineData(Operator.InNextDays, 3, true)]
    [InlineData(Operator.InNextDays, 4, false)]
    [InlineData(Operator.InNextDays, -1, false)]
    public void Three_days_are_counted_from_the_data_date_with_both_ends(Operator comparison, int daysFromDataDate, bool holds) =>
        Assert.Equal(holds, Holds(new AttributeRule("joined", comparison, [3]), ("joined", Context.DataDate.AddDays(daysFromDataDate))));

    [Theory]
    [InlineData(Operator.Is, false, true, false)]
    [InlineData(Operator.LessThan, true, false, false)]
    [InlineData(Operator.AtMost, true, true, false)]
    [InlineData(Operator.MoreThan, false, false, true)]
    [InlineData(Operator.AtLeast, false, true, true)]
    public void A_day_is_compared_with_a_fixed_or_relative_day(Operator comparison, bool dayBefore, bool sameDay, bool dayAfter)
    {
        foreach (DayValue value in new DayValue[] { new FixedDay(Context.DataDate.AddDays(-10)), new RelativeDay(-10) })
            foreach (var (days, expected) in new[] { (-11, dayBefore), (-10, sameDay), (-9, dayAfter) })
                Assert.Equal(expected, Holds(new AttributeRule("joined", comparison, [value]), ("joined", Context.DataDate.AddDays(days))));
    }

    [Fact]
    public void An_instant_counts_on_its_day_in_the_tenants_zone()
    {
        // 22:30 UTC is already the next day in Paris, in summer time.
        var rule = new AttributeRule("seen", Operator.Is, [new DateOnly(2026, 4, 2)]);
        Assert.True(Holds(rule, ("seen", new DateTime(2026, 4, 1, 22, 30, 0, DateTimeKind.Utc))));
        Assert.False(Holds(rule, ("seen", new DateTime(2026, 4, 1, 21, 30, 0, DateTimeKind.Utc))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_text_satisfies_no_comparison_but_is_not_anything(string? empty)
    {
        (string, object?) tier = ("tier", empty);
        Assert.False(Holds(new AttributeRule("tier", Operator.Is, ["VIP"]), tier));
        Assert.False(Holds(new AttributeRule("tier", Operator.Contains, ["V"]), tier));
        Assert.True(Holds(new AttributeRule("tier", Operator.IsNot, ["VIP"]), tier));
        Assert.True(Holds(new AttributeRule("tier", Operator.IsNoneOf, ["VIP", "Rising"]), tier));
        Assert.True(Holds(new AttributeRule("tier", Operator.IsEmpty, []), tier));
        Assert.False(Holds(new AttributeRule("tier", Operator.IsNotEmpty, []), tier));
    }

    [Fact]
    public void A_missing_number_is_neither_less_nor_more_nor_false()
    {
        Assert.False(Holds(new AttributeRule("age", Operator.LessThan, [40])));
        Assert.False(Holds(new AttributeRule("age", Operator.AtLeast, [40])));
        Assert.True(Holds(new Not(new AttributeRule("age", Operator.LessThan, [40]))));
        Assert.False(Holds(new AttributeRule("club", Operator.IsFalse, [])));
    }

    [Theory]
    [InlineData(Measure.Count, Operator.Is, 0, true)]
    [InlineData(Measure.Count, Operator.LessThan, 3, true)]
    [InlineData(Measure.Count, Operator.AtLeast, 1, false)]
    [InlineData(Measure.Sum, Operator.AtMost, 50, true)]
    [InlineData(Measure.Average, Operator.AtMost, 50, false)]
    [InlineData(Measure.Average, Operator.IsNot, 50, true)]
    [InlineData(Measure.Last, Operator.MoreThanDaysAgo, 120, false)]
    public void A_customer_without_transactions_has_count_and_sum_zero_and_nothing_else(Measure measure, Operator comparison, int value, bool holds) =>
        Assert.Equal(holds, Holds(new TransactionRule(measure, new Ever(), comparison, [value])));

    [Fact]
    public void Only_transactions_of_the_period_count()
    {
        var customer = Customer() with
        {
            Transactions = [new(Noon(-40), 100), new(Noon(-5), 7.5m), new(Noon(0), 2.5m), new(Noon(1), 1000)],
        };
        Assert.True(Matcher.Matches(new TransactionRule(Measure.Sum, new LastDays(5), Operator.Is, [10]), customer, Context));
        Assert.True(Matcher.Matches(new TransactionRule(Measure.Average, new LastDays(5), Operator.Is, [5]), customer, Context));
        Assert.True(Matcher.Matches(new TransactionRule(Measure.Count, new Ever(), Operator.Is, [4]), customer, Context));
        Assert.True(Matcher.Matches(new TransactionRule(Measure.First, new LastDays(30), Operator.Is, [new RelativeDay(-5)]), customer, Context));
        Assert.True(Matcher.Matches(new TransactionRule(Measure.Last, new BetweenDays(new RelativeDay(-40), new RelativeDay(-1)), Operator.Is,
            [new RelativeDay(-5)]), customer, Context));
    }

    [Fact]
    public void Who_said_nothing_is_not_opted_out()
    {
        Assert.False(Holds(new PreferenceRule("sms", Preference.OptedOut)));
        Assert.False(Holds(new PreferenceRule("sms", Preference.OptedIn)));
        Assert.True(Holds(new PreferenceRule("sms", Preference.Unknown)));
    }

    private static DateTime Noon(int days) => Context.DataDate.AddDays(days).ToDateTime(new(12, 0), DateTimeKind.Utc);

    private static bool Holds(Rule rule, params (string Field, object? Value)[] attributes) => Matcher.Matches(rule, Customer(attributes), Context);

    private static CustomerFacts Customer(params (string Field, object? Value)[] attributes) =>
        new(attributes.ToDictionary(a => a.Field, a => a.Value), [], new Dictionary<string, bool>());
}
