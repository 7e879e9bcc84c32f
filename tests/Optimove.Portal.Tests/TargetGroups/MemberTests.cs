using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.TargetGroups.Members;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.TargetGroups;

public sealed class MemberTests(Shop shop) : IClassFixture<Shop>
{
    private static readonly Rule French = Shop.Country("FR");

    [Fact]
    public async Task Ten_people_are_drawn_all_of_them_members_with_what_the_rule_asks_about()
    {
        var sample = await DrawAsync(new All([French, new AttributeRule("age", Operator.AtLeast, [30])]));
        Assert.Equal(10, sample.People.Count);
        Assert.Equal(["Country", "Age"], sample.Shown.Take(2).Select(a => a.Name));
        Assert.All(sample.People, p => Assert.True(Equals(p.Values[0], "FR") && p.Values[1] is >= 30));
        Assert.DoesNotContain(sample.Shown, a => a.Field is "email" or "first_name");
    }

    [Fact]
    public async Task Another_draw_brings_others()
    {
        var drawn = new HashSet<string>();
        for (var i = 0; i < 5; i++) drawn.UnionWith((await DrawAsync(new All([]))).People.Select(p => p.CustomerId));
        Assert.True(drawn.Count > 20, $"five draws of ten brought {drawn.Count} people");
    }

    [Fact]
    public async Task A_person_carries_last_purchase_and_the_sum_of_twelve_months()
    {
        var person = Assert.Single((await DrawAsync(new AttributeRule("email", Operator.Is, ["person1@shop.example"]))).People);
        Assert.Equal(("C-0001", "Name1", new DateOnly(2026, 6, 16)), (person.CustomerId, person.Name, person.LastPurchase));
        Assert.Equal(9m, person.Spent);
    }

    [Fact]
    public async Task Nobody_is_drawn_from_an_empty_group() => Assert.Empty((await DrawAsync(Shop.Country("XX"))).People);

    [Theory]
    [InlineData("C-0004")]
    [InlineData(" PERSON4@shop.example ")]
    public async Task A_customer_is_found_by_id_or_address_and_told_why(string asked)
    {
        var answer = (await ExplainAsync(asked, new All([French, new AttributeRule("joined_on", Operator.InLastDays, [120])])))!;
        Assert.Equal(("C-0004", false), (answer.CustomerId, answer.Verdict.IsIn));
        Assert.Equal("Name4 is out: joined is empty, not in the last 120 days.", answer.Verdict.Headline);
        Assert.Equal([true, false], answer.Verdict.Rule.Parts.Select(p => p.Holds));
    }

    [Fact]
    public async Task Purchases_and_wishes_are_part_of_the_reason()
    {
        var answer = (await ExplainAsync("C-0002", new All([new TransactionRule(Measure.Count, new LastDays(365), Operator.AtLeast, [1]), new PreferenceRule("email", Preference.OptedIn)])))!;
        Assert.True(answer.Verdict.IsIn);
        Assert.Equal("3 purchases in the last 365 days, at least 1", answer.Verdict.Rule.Parts[0].Sentence);
        Assert.Equal("Opted in to e-mail", answer.Verdict.Rule.Parts[1].Sentence);
    }

    [Theory]
    [InlineData("C-9999")]
    [InlineData("nobody@shop.example")]
    [InlineData("X-1")]
    public async Task A_customer_who_does_not_exist_here_has_no_answer(string asked) => Assert.Null(await ExplainAsync(asked, French));

    private Task<PeopleSample> DrawAsync(Rule rule) => shop.AsAsync(Shop.First, s => s.GetRequiredService<SamplePeople>().RunAsync(rule));

    private Task<MembershipAnswer?> ExplainAsync(string asked, Rule rule) => shop.AsAsync(Shop.First, s => s.GetRequiredService<ExplainMembership>().RunAsync(rule, asked));
}
