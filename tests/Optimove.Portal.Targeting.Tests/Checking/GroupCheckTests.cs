using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Tests.Testing;

namespace Optimove.Portal.Targeting.Tests.Checking;

public class GroupCheckTests
{
    private static readonly Rule Sound = new AttributeRule("tier", Operator.Is, ["VIP"]);

    [Fact]
    public void A_group_cannot_be_a_condition_of_itself() =>
        Assert.Equal("A target group cannot be a condition of itself.", Only(new GroupRule(4, true), 4, Group(4, Sound)));

    [Fact]
    public void A_group_cannot_come_back_to_itself_through_another() =>
        Assert.Equal("G4 leads back to itself through the target groups it uses.",
            Only(new All([Sound, new GroupRule(5, true)]), 4, Group(4, Sound), Group(5, new Not(new GroupRule(4, true)))));

    [Fact]
    public void Groups_that_go_round_without_this_one_are_found_too() =>
        Assert.Equal("G5 leads back to itself through the target groups it uses.",
            Only(new GroupRule(5, true), null, Group(5, new GroupRule(6, true)), Group(6, new GroupRule(5, false))));

    [Fact]
    public void A_group_that_lost_its_attribute_is_named() =>
        Assert.Equal("G5 needs repair first: There is no attribute \"gone\" any more.",
            Only(new GroupRule(5, true), null, Group(5, new AttributeRule("gone", Operator.IsEmpty, []))));

    [Fact]
    public void Groups_nest_five_deep_and_no_deeper()
    {
        KnownGroup[] chain = [Group(1, Sound), .. Enumerable.Range(2, 5).Select(i => Group(i, new GroupRule(i - 1, true)))];
        Assert.Empty(RuleChecker.Check(new GroupRule(5, true), Catalogue(chain)));
        Assert.Equal("Target groups can use each other 5 deep; this is deeper.", Only(new GroupRule(6, true), null, chain));
    }

    [Fact]
    public void Groups_that_multiply_are_refused_at_once()
    {
        Rule Hundred(int id) => new Any([.. Enumerable.Repeat(new GroupRule(id, true), 100)]);
        KnownGroup[] groups = [Group(1, Sound), .. Enumerable.Range(2, 4).Select(i => Group(i, Hundred(i - 1)))];
        Assert.Equal("With the target groups it uses this one has 10000000000 conditions; it can have 500.", Only(Hundred(5), null, groups));
    }

    private static string Only(Rule rule, int? groupId, params KnownGroup[] groups) =>
        Assert.Single(RuleChecker.Check(rule, Catalogue(groups), groupId)).Sentence;

    private static Catalogue Catalogue(KnownGroup[] groups) => new(SampleData.Attributes, groups);

    private static KnownGroup Group(int id, Rule rule) => new(id, $"G{id}", rule);
}
