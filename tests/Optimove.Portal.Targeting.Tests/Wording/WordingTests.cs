using FsCheck;
using FsCheck.Fluent;
using Optimove.Portal.Targeting.Matching;
using Optimove.Portal.Targeting.Tests.Testing;
using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.Targeting.Tests.Wording;

public class WordingTests
{
    private static readonly RuleContext Context = SampleData.Context() with { DataDate = new(2026, 6, 17) };

    private static readonly Rule VipAndRising = new All(
    [
        new AttributeRule("tier", Operator.IsAnyOf, ["VIP", "Rising"]),
        new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, [120]),
        new AttributeRule("country", Operator.IsAnyOf, ["FR", "BE", "LU"]),
        new GroupRule(1, In: false),
    ]);

    private static readonly CustomerFacts Karim = new(
        new Dictionary<string, object?> { ["tier"] = "VIP", ["country"] = "FR", ["age"] = 34 },
        [new(new(2026, 2, 3, 10, 0, 0, DateTimeKind.Utc), 40), new(new(2025, 2, 3, 10, 0, 0, DateTimeKind.Utc), 1200.5m)],
        new Dictionary<string, bool> { ["email"] = false });

    public static TheoryData<Rule, string> Described => new()
    {
        { VipAndRising, "Value tier is VIP or Rising, bought in the last 120 days, country is any of FR, BE, LU, not in Staff and testers" },
        { new All([]), "All customers" },
        { new Any([new AttributeRule("age", Operator.Between, [25, 45]), new All([new AttributeRule("club", Operator.IsTrue, []), new AttributeRule("joined", Operator.IsEmpty, [])])]),
            "Age is between 25 and 45 or (club member is true and joined is empty)" },
        { new Not(new Any([new AttributeRule("tier", Operator.Contains, ["a"]), new GroupRule(99, true)])), "Not (value tier contains a or in a missing target group)" },
        { new AttributeRule("tier", Operator.IsNoneOf, ["a", "b", "c", "d", "e", "f", "g"]), "Value tier is none of a, b, c, d, e, 2 others" },
        { new AttributeRule("joined", Operator.LessThan, [new RelativeDay(-30)]), "Joined is before 30 days before the data date" },
        { new AttributeRule("joined", Operator.Is, [new DateOnly(2026, 2, 3)]), "Joined is 3 February 2026" },
        { new AttributeRule("age", Operator.Is, []), "An unfinished condition" },
        { new AttributeRule("age", Operator.Between, ["x"]), "An unfinished condition" },
        { new AttributeRule("gone", Operator.Is, ["x"]), "An unfinished condition" },
        { new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, []), "An unfinished condition" },
        { new TransactionRule(Measure.Count, new LastDays(365), Operator.Is, [0]), "Bought nothing in the last 365 days" },
        { new TransactionRule(Measure.Count, new Ever(), Operator.LessThan, [1]), "Never bought" },
        { new TransactionRule(Measure.Count, new LastDays(1), Operator.AtLeast, [3]), "Bought at least 3 times in the last 1 day" },
        { new TransactionRule(Measure.Sum, new LastDays(365), Operator.MoreThan, [2500]), "Spent more than 2,500 in the last 365 days" },
        { new TransactionRule(Measure.Average, new Ever(), Operator.AtLeast, [12.5m]), "Average purchase is at least 12.5" },
        { new TransactionRule(Measure.First, new Ever(), Operator.MoreThanDaysAgo, [30]), "First purchase is more than 30 days ago" },
        { new PreferenceRule("email", Preference.OptedOut), "Opted out of e-mail" },
    };

    [Theory]
    [MemberData(nameof(Described))]
    public void A_rule_reads_as_one_sentence(Rule rule, string sentence) => Assert.Equal(sentence, Describer.Describe(rule, SampleData.Catalogue));

    [Fact]
    public void A_channel_of_the_tenant_is_called_by_its_name()
    {
        var context = new RuleContext(new([], channels: new Dictionary<string, string> { ["channel-703"] = "Web push" }), new(2026, 6, 17), TimeZoneInfo.Utc);
        var rule = new PreferenceRule("channel-703", Preference.OptedIn);
        Assert.Equal("Opted in to Web push", Describer.Describe(rule, context.Catalogue));
        Assert.Equal("K is out: said nothing about Web push, not opted in to Web push.", Explainer.Explain(rule, Karim, context, "K").Headline);
    }

    [Fact]
    public void Who_is_out_is_told_the_one_condition_that_fails()
    {
        var verdict = Explainer.Explain(VipAndRising, Karim, Context, "C-104");
        Assert.False(verdict.IsIn);
        Assert.Equal("C-104 is out: last purchase 3 February 2026, not in the last 120 days.", verdict.Headline);
        Assert.Equal(
            [(true, "Value tier is VIP"), (false, "Last purchase 3 February 2026, not in the last 120 days"), (true, "Country is FR"), (true, "Not in Staff and testers")],
            verdict.Rule.Parts.Select(p => (p.Holds, p.Sentence)));
        Assert.Same(verdict.Rule.Parts[1], verdict.Deciding);
    }

    public static TheoryData<Rule, string> Explained => new()
    {
        { new All([new AttributeRule("tier", Operator.Is, ["VIP"]), new AttributeRule("country", Operator.Is, ["FR"])]), "K is in: every condition holds." },
        { new All([]), "K is in: everybody is." },
        { new Any([new AttributeRule("tier", Operator.Is, ["New"]), new AttributeRule("country", Operator.Is, ["FR"])]), "K is in: country is FR." },
        { new Any([new AttributeRule("tier", Operator.Is, ["New"]), new AttributeRule("joined", Operator.InLastDays, [9])]),
            "K is out: none of these holds: value tier is VIP, not New; joined is empty, not in the last 9 days." },
        { new Not(new Any([new AttributeRule("tier", Operator.Is, ["VIP"])])), "K is out: value tier is VIP, which is left out." },
        { new Not(new AttributeRule("tier", Operator.Is, ["New"])), "K is in: value tier is VIP, not New." },
        { new GroupRule(1, In: true), "K is out: not in Staff and testers." },
        { new AttributeRule("age", Operator.MoreThan, [40]), "K is out: age is 34, not more than 40." },
        { new AttributeRule("tier", Operator.IsNot, ["VIP"]), "K is out: value tier is VIP." },
        { new AttributeRule("tier", Operator.Contains, ["x"]), "K is out: value tier is VIP, which does not contain x." },
        { new TransactionRule(Measure.Count, new LastDays(200), Operator.AtLeast, [2]), "K is out: 1 purchase in the last 200 days, not at least 2." },
        { new TransactionRule(Measure.Sum, new Ever(), Operator.MoreThan, [1000]), "K is in: spent 1,240.5, more than 1,000." },
        { new TransactionRule(Measure.Last, new LastDays(9), Operator.IsNotEmpty, []), "K is out: no purchase in the last 9 days." },
        { new PreferenceRule("email", Preference.OptedIn), "K is out: opted out of e-mail, not opted in to e-mail." },
        { new PreferenceRule("sms", Preference.Unknown), "K is in: said nothing about SMS." },
    };

    [Theory]
    [MemberData(nameof(Explained))]
    public void The_headline_names_what_decides(Rule rule, string headline) =>
        Assert.Equal(headline, Explainer.Explain(rule, Karim, Context, "K").Headline);

    [Fact]
    public void Every_node_of_the_explanation_holds_as_the_matcher_says() =>
        Prop.ForAll(RandomRules.All.ToArbitrary(), SampleData.Customers.ToArbitrary(), (rule, customer) =>
        {
            var context = SampleData.Context();
            var verdict = Explainer.Explain(rule, customer, context, "C-1");
            Assert.NotEmpty(Describer.Describe(rule, context.Catalogue));
            return verdict.IsIn == Matcher.Matches(rule, customer, context) && Agrees(rule, verdict.Rule, customer, context);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Agrees(Rule rule, Explanation part, CustomerFacts customer, RuleContext context) =>
        part.Holds == Matcher.Matches(rule, customer, context)
        && rule.Children.Zip(part.Parts).All(pair => Agrees(pair.First, pair.Second, customer, context));
}
