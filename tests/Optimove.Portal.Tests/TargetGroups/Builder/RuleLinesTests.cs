using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Optimove.Portal.TargetGroups.Builder;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Tests.Ui;
using Radzen.Blazor;

namespace Optimove.Portal.Tests.TargetGroups.Builder;

public sealed class RuleLinesTests : UiContext
{
    private static readonly AttributeColumn[] Attributes = [new("age", "Age", AttributeType.Integer), new("country", "Country", AttributeType.Text, 2), new("joined_on", "Joined", AttributeType.Date)];
    private static readonly Catalogue Catalogue = new(Attributes, [new(5, "Staff", new All([]))]);
    private Items<Rule> _lines = [];
    private bool _urgent;

    [Fact]
    public void Another_attribute_brings_its_comparisons_and_changes_the_rule()
    {
        var builder = Draw(new AttributeRule("age", Operator.AtLeast, [18]));
        Assert.Contains("is more than", builder.Find(".condition select").TextContent);
        Choose(builder, "attribute:country");
        Assert.Equal(new AttributeRule("country", Operator.IsAnyOf, []), Assert.Single(_lines));
        Assert.Contains("is any of", builder.Find(".condition select").TextContent);
        Assert.DoesNotContain("is more than", builder.Find(".condition select").TextContent);
        builder.Find("input[aria-label='Add a value to condition 1']").Input("FR, BE,");
        Assert.Equal(Shop.Country("FR", "BE"), Assert.Single(_lines));
        Assert.Equal(2, builder.FindAll(".chip").Count);
    }

    [Fact]
    public void Another_comparison_changes_the_fields_for_its_values()
    {
        var builder = Draw(new AttributeRule("joined_on", Operator.InLastDays, [30]));
        Assert.Equal("30", builder.Find("input[aria-label='Days of condition 1']").GetAttribute("value"));
        builder.Find(".condition select").Change("Between");
        builder.Find("input[aria-label='Last day of condition 1']").Change("2026-06-17");
        Assert.Equal(new AttributeRule("joined_on", Operator.Between, [new DateOnly(2026, 6, 17)]), Assert.Single(_lines));
        builder.Find("input[aria-label='First day of condition 1']").Change("2026-06-01");
        Assert.Equal(new AttributeRule("joined_on", Operator.Between, [new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 17)]), Assert.Single(_lines));
    }

    [Fact]
    public void What_is_being_typed_stays_while_it_is_no_number_yet()
    {
        var builder = Draw(new AttributeRule("age", Operator.AtLeast, [18]));
        var field = "input[aria-label='Value of condition 1']";
        builder.Find(field).Input("-");
        Assert.Equal(("-", "true"), (builder.Find(field).GetAttribute("value"), builder.Find(field).GetAttribute("aria-invalid")));
        Assert.Equal(new AttributeRule("age", Operator.AtLeast, []), Assert.Single(_lines));
        builder.Find(field).Input("21");
        Assert.Equal(new AttributeRule("age", Operator.AtLeast, [21]), Assert.Single(_lines));
    }

    [Fact]
    public void Lines_are_added_turned_round_and_removed()
    {
        var builder = Draw(Shop.Country("FR"));
        Button(builder, "Condition").Click();
        Assert.Equal(2, _lines.Count);
        builder.FindAll("select.join")[0].Change("not");
        Assert.Equal(new Not(Shop.Country("FR")), _lines[0]);
        builder.Find("button[aria-label='Remove condition 2']").Click();
        Assert.Equal(new Not(Shop.Country("FR")), Assert.Single(_lines));
    }

    [Fact]
    public void Groups_nest_two_deep_and_no_deeper()
    {
        var builder = Draw();
        Button(builder, "Either-or group").Click();
        Button(builder, "Group of conditions").Click();
        var any = Assert.IsType<Any>(Assert.Single(_lines));
        Assert.IsType<All>(any.Rules[^1]);
        Assert.Single(builder.FindAll("button"), b => b.TextContent.Contains("Group of conditions"));
        builder.FindAll("select.how")[0].Change("all");
        Assert.IsType<All>(Assert.Single(_lines));
    }

    [Fact]
    public void A_rule_made_deeper_elsewhere_is_shown_in_words()
    {
        var builder = Draw(new Any([new All([new Any([Shop.Country("FR"), Shop.Country("BE")]), Shop.Country("LU")])]));
        Assert.Contains("Country is FR or country is BE", builder.Find(".deep").TextContent);
    }

    [Fact]
    public void An_unfinished_line_is_a_mistake_only_once_saving_was_tried()
    {
        Assert.Equal("Choose a value for Age.", Draw(new AttributeRule("age", Operator.Is, [])).Find(".unfinished").TextContent);
        _urgent = true;
        var tried = Draw(new Not(new AttributeRule("age", Operator.Is, [])));
        Assert.Equal("Choose a value for Age.", tried.Find(".err").TextContent);
        Assert.Equal(tried.Find(".err").Id, tried.Find("input[aria-label='Value of condition 1']").GetAttribute("aria-describedby"));
    }

    [Fact]
    public void Wishes_and_groups_have_their_own_words()
    {
        var builder = Draw(new PreferenceRule("email", Preference.OptedIn), new GroupRule(0, true));
        builder.Find("select[aria-label='Comparison of condition 1']").Change("Unknown");
        builder.Find("select[aria-label='Comparison of condition 2']").Change("out");
        builder.Find("select[aria-label='Target group of condition 2']").Change("5");
        Assert.Equal([new PreferenceRule("email", Preference.Unknown), new GroupRule(5, false)], _lines);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<Host> builder, string text) => builder.FindAll("button").Last(b => b.TextContent == text);

    private static void Choose(IRenderedComponent<Host> builder, string key)
    {
        var choice = builder.FindComponent<RadzenDropDown<string>>();
        choice.InvokeAsync(() => choice.Instance.ValueChanged.InvokeAsync(key)).GetAwaiter().GetResult();
    }

    private IRenderedComponent<Host> Draw(params Rule[] lines) => Render<Host>(p => p.Add(h => h.Lines, [.. lines]).Add(h => h.Context, Context).Add(h => h.Changed, changed => _lines = changed));

    private BuilderContext Context(Items<Rule> lines) => new(
        Subject.All(Attributes, groups: true), [new(5, "Staff")], Catalogue, new(2026, 6, 17),
        RuleChecker.Check(new All(lines), Catalogue).GroupBy(p => p.Path).ToDictionary(g => g.Key, g => g.First().Sentence), _urgent, _ => Task.FromResult<IReadOnlyList<FrequentValue>>([]));

    /// <summary>Keeps the lines as the page does.</summary>
    private sealed class Host : ComponentBase
    {
        [Parameter] public Items<Rule> Lines { get; set; } = [];
        [Parameter] public required Func<Items<Rule>, BuilderContext> Context { get; set; }
        [Parameter] public required Action<Items<Rule>> Changed { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<BuilderContext>>(0);
            builder.AddAttribute(1, "Value", Context(Lines));
            builder.AddAttribute(2, "ChildContent", (RenderFragment)(inner =>
            {
                inner.OpenComponent<RuleLines>(0);
                inner.AddAttribute(1, "Lines", Lines);
                inner.AddAttribute(2, "Changed", EventCallback.Factory.Create<Items<Rule>>(this, Take));
                inner.CloseComponent();
            }));
            builder.CloseComponent();
        }

        private void Take(Items<Rule> lines) => Changed(Lines = lines);
    }
}
