using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Tests.Testing;

namespace Optimove.Portal.Targeting.Tests.Checking;

public class RuleCheckerTests
{
    private static readonly Rule Sound = new AttributeRule("tier", Operator.Is, ["VIP"]);

    public static TheoryData<Rule, string> Wrong => new()
    {
        { new AttributeRule("country", Operator.Is, [5]), "Country takes text, not a number." },
        { new AttributeRule("age", Operator.Is, ["five"]), "Age takes a number, not text." },
        { new AttributeRule("joined", Operator.LessThan, [5]), "Joined takes a date, not a number." },
        { new AttributeRule("joined", Operator.InLastDays, [2.5m]), "Joined counts whole days, from 0 to 36,500." },
        { new AttributeRule("joined", Operator.InLastDays, [-1]), "Joined counts whole days, from 0 to 36,500." },
        { new AttributeRule("joined", Operator.Is, [new DateOnly(26, 2, 3)]), "Choose a date between 1900 and 2199." },
        { new AttributeRule("age", Operator.Contains, ["5"]), "Age is a whole number; choose a comparison that suits it." },
        { new AttributeRule("age", Operator.Is, [2.5m]), "Age is a whole number between -2,147,483,648 and 2,147,483,647." },
        { new AttributeRule("revenue", Operator.Is, [0.00001m]), "Revenue has at most 15 digits before the point and 4 after it." },
        { new AttributeRule("age", Operator.Between, [45, 25]), "The first number for Age must not be above the second." },
        { new AttributeRule("age", Operator.Between, [45]), "Choose both ends for Age." },
        { new AttributeRule("age", Operator.Is, []), "Choose a value for Age." },
        { new AttributeRule("age", Operator.Is, [1, 2]), "Age takes at most 1 here, not 2." },
        { new AttributeRule("age", Operator.IsEmpty, [1]), "Age takes no value here." },
        { new AttributeRule("country", Operator.Is, ["France"]), "Country holds at most 2 characters; \"France\" has 6." },
        { new AttributeRule("tier", Operator.Is, [""]), "Write a text for Value tier, or choose \"is empty\"." },
        { new AttributeRule("tier", Operator.Is, ["a\0b"]), "The text for Value tier has a character that cannot be stored." },
        { new AttributeRule("tier", Operator.Is, ["\ud800"]), "The text for Value tier has a character that cannot be stored." },
        { new AttributeRule("tier", Operator.IsAnyOf, [.. Enumerable.Range(0, 1001).Select(i => (Value)$"{i}")]), "Value tier takes at most 1,000 here, not 1,001." },
        { new AttributeRule("", Operator.Is, ["x"]), "Choose an attribute." },
        { new AttributeRule("gone", Operator.Is, ["x"]), "There is no attribute \"gone\" any more." },
        { new TransactionRule(Measure.Count, new Ever(), Operator.AtLeast, [1.5m]), "Number of purchases is a whole number between -2,147,483,648 and 2,147,483,647." },
        { new TransactionRule(Measure.Sum, new Ever(), Operator.IsEmpty, []), "Amount spent is a number; choose a comparison that suits it." },
        { new TransactionRule(Measure.Last, new Ever(), Operator.AtLeast, [3]), "Last purchase takes a date, not a number." },
        { new TransactionRule(Measure.Count, new LastDays(-1), Operator.AtLeast, [3]), "A period counts whole days, from 0 to 36,500." },
        { new TransactionRule(Measure.Count, new BetweenDays(new RelativeDay(0), new RelativeDay(-1)), Operator.Is, [3]), "A period's first day must not be after its last." },
        { new PreferenceRule("", Preference.OptedIn), "Choose a channel." },
        { new GroupRule(99, In: true), "Choose a target group; the one that was here no longer exists." },
        { new Any([]), "Add a condition here, or remove the empty group." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_problem_is_said_in_words_and_with_its_place(Rule wrong, string sentence) =>
        Assert.Equal([new Problem("1/0", sentence)], RuleChecker.Check(new All([Sound, new Not(wrong)]), SampleData.Catalogue));

    [Fact]
    public void Every_problem_is_reported_in_the_order_of_the_tree() => Assert.Equal(
        ["0", "1/1"],
        RuleChecker.Check(new All([new PreferenceRule("", Preference.OptedIn), new Any([Sound, new GroupRule(99, true)])]), SampleData.Catalogue).Select(p => p.Path));

    [Fact]
    public void Everybody_is_a_target_group_but_a_single_condition_may_not_be_missing_inside()
    {
        Assert.Empty(RuleChecker.Check(new All([]), SampleData.Catalogue));
        Assert.Equal("0", Assert.Single(RuleChecker.Check(new All([new All([])]), SampleData.Catalogue)).Path);
    }

    [Fact]
    public void Eight_levels_are_allowed_and_nine_are_not()
    {
        var eight = Enumerable.Range(0, 7).Aggregate(Sound, (rule, _) => new Not(rule));
        Assert.Empty(RuleChecker.Check(eight, SampleData.Catalogue));
        Assert.Equal("0/0/0/0/0/0/0/0", Assert.Single(RuleChecker.Check(new Not(eight), SampleData.Catalogue)).Path);
    }

    [Fact]
    public void A_hundred_conditions_are_allowed_and_one_more_is_not()
    {
        Assert.Empty(RuleChecker.Check(new Any([.. Enumerable.Repeat(Sound, 100)]), SampleData.Catalogue));
        Assert.Equal("A target group can have 100 conditions; this one has 101.",
            Assert.Single(RuleChecker.Check(new Any([.. Enumerable.Repeat(Sound, 101)]), SampleData.Catalogue)).Sentence);
    }
}
