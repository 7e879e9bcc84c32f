using Optimove.Portal.TargetGroups.Builder;
using Optimove.Portal.TargetGroups.Builder.Values;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.Tests.TargetGroups.Builder;

public sealed class RuleEditTests
{
    private static readonly Catalogue Catalogue = new([
        new("country", "Country", AttributeType.Text, 2), new("age", "Age", AttributeType.Integer), new("joined_on", "Joined", AttributeType.Date), new("member", "Member", AttributeType.Boolean)]);

    [Fact]
    public void Every_subject_begins_a_condition_about_itself_with_a_comparison_that_suits_it()
    {
        foreach (var subject in Subject.All([Catalogue.Attribute("country")!, Catalogue.Attribute("age")!, Catalogue.Attribute("joined_on")!, Catalogue.Attribute("member")!], groups: true))
        {
            var condition = Subject.Begin(subject.Key, Catalogue);
            Assert.Equal(subject.Key, Subject.KeyOf(condition));
            Assert.All(RuleChecker.Check(new All([condition]), Catalogue), p => Assert.StartsWith("Choose a", p.Sentence, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Another_comparison_keeps_the_values_that_fit_it()
    {
        var list = new AttributeRule("country", Operator.IsAnyOf, ["FR", "BE"]);
        Assert.Equal(new AttributeRule("country", Operator.Contains, ["FR"]), ConditionEdit.WithComparison(list, Operator.Contains, Catalogue));
        Assert.Equal(new AttributeRule("country", Operator.IsNoneOf, ["FR", "BE"]), ConditionEdit.WithComparison(list, Operator.IsNoneOf, Catalogue));
        Assert.Equal(new AttributeRule("country", Operator.IsEmpty, []), ConditionEdit.WithComparison(list, Operator.IsEmpty, Catalogue));
        Assert.Equal(new AttributeRule("age", Operator.Between, [5]), ConditionEdit.WithComparison(new AttributeRule("age", Operator.Is, [5]), Operator.Between, Catalogue));
        Assert.Equal(new AttributeRule("joined_on", Operator.InLastDays, [30]), ConditionEdit.WithComparison(new AttributeRule("joined_on", Operator.Is, [new DateOnly(2026, 6, 1)]), Operator.InLastDays, Catalogue));
    }

    [Fact]
    public void Nots_around_a_line_are_one_word_before_it()
    {
        var inner = new AttributeRule("age", Operator.Is, [5]);
        Assert.Equal((inner, true, 1), RuleShape.Unwrapped(new Not(inner)));
        Assert.Equal((inner, false, 2), RuleShape.Unwrapped(new Not(new Not(inner))));
    }

    [Theory]
    [InlineData("FR, BE; LU", false, new[] { "FR", "BE", "LU" })]
    [InlineData("Paris, France", true, new[] { "Paris, France" })]
    [InlineData("\"Paris, France\"", false, new[] { "Paris, France" })]
    [InlineData(" , ", false, new string[0])]
    public void A_written_list_is_read_as_a_person_means_it(string text, bool known, string[] values) => Assert.Equal(values, WrittenList.Read(text, known));

    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("-3", -3.0)]
    [InlineData("12,5", null)]
    [InlineData("1,250", null)]
    [InlineData("", null)]
    public void A_comma_in_a_number_is_not_guessed_at(string text, double? number) => Assert.Equal((decimal?)number, NumberText.Read(text));
}
