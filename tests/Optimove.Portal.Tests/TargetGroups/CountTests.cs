using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.TargetGroups.Members;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Matching;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.TargetGroups;

public sealed class CountTests(Shop shop) : IClassFixture<Shop>
{
    /// <summary>Rules over every kind of condition, on data with missing values.</summary>
    public static TheoryData<string, Rule> Rules => new()
    {
        { "everybody", new All([]) },
        { "text", Shop.Country("FR", "LU") },
        { "not one of several", new AttributeRule("country", Operator.IsNoneOf, ["FR", "LU"]) },
        { "empty text", new AttributeRule("country", Operator.IsEmpty, []) },
        { "number", new AttributeRule("age", Operator.Between, [25, 45]) },
        { "decimal", new Not(new AttributeRule("score", Operator.LessThan, [12.5m])) },
        { "yes", new AttributeRule("member", Operator.IsFalse, []) },
        { "relative day", new AttributeRule("joined_on", Operator.InLastDays, [120]) },
        { "instant", new AttributeRule("seen_at", Operator.AtLeast, [new FixedDay(new(2026, 5, 1))]) },
        { "bought often", new TransactionRule(Measure.Count, new LastDays(365), Operator.AtLeast, [2]) },
        { "spent little", new TransactionRule(Measure.Sum, new LastDays(90), Operator.LessThan, [20]) },
        { "last purchase", new TransactionRule(Measure.Last, new Ever(), Operator.MoreThanDaysAgo, [60]) },
        { "opted in", new PreferenceRule("email", Preference.OptedIn) },
        { "said nothing", new PreferenceRule("email", Preference.Unknown) },
        { "several lines", new All([Shop.Country("FR", "BE"), new Any([new AttributeRule("age", Operator.AtMost, [40]), new AttributeRule("member", Operator.IsTrue, [])]), new Not(new PreferenceRule("email", Preference.OptedOut))]) },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public async Task The_count_is_what_the_matcher_finds_customer_by_customer(string kind, Rule rule)
    {
        var (count, matched) = await shop.AsAsync(Shop.First, async s =>
        {
            var context = await s.GetRequiredService<TenantRules>().GetAsync();
            var everybody = await EverybodyAsync(s.GetRequiredService<TenantDatabase>(), context);
            return (await s.GetRequiredService<CountRule>().RunAsync(rule), everybody.Count(c => Matcher.Matches(rule, c, context)));
        });
        Assert.Equal(Shop.Customers, count.Total);
        Assert.True(matched == count.Size, $"{kind}: {matched} by the matcher, {count.Size} by the database");
        Assert.True(kind == "everybody" || matched is > 0 and < Shop.Customers, $"{kind} tells nobody apart: {matched}");
    }

    [Fact]
    public async Task Each_line_says_how_many_are_left_and_the_day_of_the_data()
    {
        var fr = new All([Shop.Country("FR")]);
        var count = await CountAsync(new All([Shop.Country("FR"), new AttributeRule("member", Operator.IsTrue, [])]));
        Assert.Equal((await CountAsync(fr)).Size, count.Left[0]);
        Assert.True(count.Left[1] <= count.Left[0]);
        Assert.Equal(new DateOnly(2026, 6, 17), count.DataDate);
    }

    [Fact]
    public async Task Only_the_own_customers_are_counted() =>
        Assert.Equal((3, 1), await shop.AsAsync(Shop.Second, async s => await s.GetRequiredService<CountRule>().RunAsync(Shop.Country("FR")) is var c ? ((int)c.Total, (int)c.Size) : default));

    [Fact]
    public async Task A_changed_rule_says_who_comes_in_and_who_goes_out()
    {
        var saved = Shop.Country("FR", "BE");
        var changed = Shop.Country("BE", "LU");
        var preview = (await shop.AsAsync(Shop.First, s => s.GetRequiredService<PreviewChange>().RunAsync(saved, changed)))!;
        Assert.Equal((await CountAsync(saved)).Size, preview.Before);
        Assert.Equal((await CountAsync(Shop.Country("LU"))).Size, preview.Adds);
        Assert.Equal((await CountAsync(Shop.Country("FR"))).Size, preview.TakesAway);
        Assert.Equal((await CountAsync(changed)).Size, preview.Before + preview.Adds - preview.TakesAway);
    }

    [Fact]
    public async Task A_comparison_of_two_rules_too_large_together_is_left_out()
    {
        var group = await shop.SaveAsync("Hundred", Hundred("country"));
        Rule five = new All([.. Enumerable.Repeat(new GroupRule(group.Id, true), 4)]);
        Assert.Null(await shop.AsAsync(Shop.First, s => s.GetRequiredService<PreviewChange>().RunAsync(five, five)));

        static Rule Hundred(string field) => new Any([.. Enumerable.Range(0, 100).Select(i => (Rule)new AttributeRule(field, Operator.Is, [$"{i:00}"]))]);
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_stopped_and_said()
    {
        var refusal = await Shop.RefusalAsync(() => shop.AsAsync(Shop.First, s => WaitedRead.ReadAsync(s.GetRequiredService<TenantDatabase>(), SleepAsync, default, TimeSpan.FromMilliseconds(50))));
        Assert.StartsWith("This took longer than 0.1 s and was stopped.", refusal);
    }

    [Fact]
    public async Task A_count_that_nobody_waits_for_ends_at_once()
    {
        using var gone = new CancellationTokenSource();
        var reading = shop.AsAsync(Shop.First, s => WaitedRead.ReadAsync(s.GetRequiredService<TenantDatabase>(), c => SleepAsync(c, gone.Token), gone.Token));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Unfinished_lines_are_left_out_of_the_count_and_keep_their_place()
    {
        var context = await shop.AsAsync(Shop.First, s => s.GetRequiredService<TenantRules>().GetAsync());
        var part = SoundPart.Of(new All([new AttributeRule("", Operator.Is, []), Shop.Country("FR"), new GroupRule(0, true), new AttributeRule("member", Operator.IsTrue, [])]), context.Catalogue, null)!;
        Assert.Equal([1, 3], part.Lines);
        Assert.Equal(2, part.Rule.Rules.Count);
    }

    [Fact]
    public async Task Suggestions_are_the_most_frequent_values_the_empty_left_out()
    {
        var values = await shop.AsAsync(Shop.First, s => s.GetRequiredService<AttributeValues>().MostFrequentAsync("country"));
        Assert.Equal(["BE", "DE", "FR", "LU"], values.Select(v => v.Value).Order());
        Assert.Equal(values.Select(v => v.Customers).OrderDescending(), values.Select(v => v.Customers));
        Assert.Empty(await shop.AsAsync(Shop.First, s => s.GetRequiredService<AttributeValues>().MostFrequentAsync("email")));
    }

    [Fact]
    public async Task Sizes_are_kept_for_each_day_and_compared_with_thirty_days_before()
    {
        var group = await shop.SaveAsync("Kept", Shop.Country("FR"));
        await shop.Database.RunAsync($"insert into target_group_sizes (tenant_id, target_group_id, data_date, size, of_total, milliseconds, counted_at) values (1, {group.Id}, '2026-05-16', 10, 400, 1, now()), (1, {group.Id}, '2026-06-10', 50, 400, 1, now())");
        await shop.AsAsync(Shop.First, s => s.GetRequiredService<RecordGroupSizes>().RunAsync(onlyGroup: group.Id));
        var line = (await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ListAsync(default))).Groups.Single(g => g.Id == group.Id);
        Assert.Equal((await CountAsync(Shop.Country("FR"))).Size, line.Latest!.Size);
        Assert.Equal(line.Latest.Size - 10, line.Change);
        var sizes = (await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ForEditingAsync(group.Id, default)))!.Sizes;
        Assert.Equal(3, sizes.Count);
    }

    private Task<RuleCount> CountAsync(Rule rule) => shop.AsAsync(Shop.First, s => s.GetRequiredService<CountRule>().RunAsync(rule));

    private static Task<bool> SleepAsync(NpgsqlConnection connection) => SleepAsync(connection, default);

    private static async Task<bool> SleepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_sleep(30)", connection);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    private static async Task<List<CustomerFacts>> EverybodyAsync(TenantDatabase database, RuleContext context)
    {
        AttributeColumn[] columns = [.. new[] { "age", "score", "member", "joined_on", "seen_at", "country" }.Select(f => context.Catalogue.Attribute(f)!)];
        await using var connection = await database.OpenAsync();
        var facts = new List<CustomerFacts>();
        for (var n = 1; n <= Shop.Customers; n++) facts.Add(await FactsOfCustomer.ReadAsync(connection, $"C-{n:0000}", columns, default));
        return facts;
    }
}
