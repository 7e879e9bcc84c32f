using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.TargetGroups;

public sealed class SaveTargetGroupTests(Shop shop) : IClassFixture<Shop>
{
    private static readonly Rule Adults = new AttributeRule("age", Operator.AtLeast, [18]);

    [Fact]
    public async Task A_saved_group_is_listed_with_its_rule_in_words()
    {
        var saved = await shop.SaveAsync(" Adults ", new All([Adults]));
        var list = await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ListAsync(default));
        var line = Assert.Single(list.Groups, g => g.Id == saved.Id);
        Assert.Equal(("Adults", "Age is at least 18", "Sofia Marin"), (line.Name, line.Meaning, line.ChangedBy));
    }

    [Fact]
    public async Task A_name_is_used_once_whatever_its_capitals()
    {
        await shop.SaveAsync("Once", Adults);
        Assert.Contains("already", await Shop.RefusalAsync(() => shop.SaveAsync("ONCE", Adults)));
        await shop.SaveAsync("Once", Adults, tenant: Shop.Second);
    }

    [Theory]
    [InlineData("  ", "needs a name")]
    [InlineData(null, "120 characters")]
    public async Task A_name_is_neither_missing_nor_too_long(string? name, string why) =>
        Assert.Contains(why, await Shop.RefusalAsync(() => shop.SaveAsync(name ?? new string('x', 121), Adults)));

    [Fact]
    public async Task An_unsound_rule_is_refused_with_its_first_problem() =>
        Assert.Equal("Choose a value for Age.", await Shop.RefusalAsync(() => shop.SaveAsync("Unsound", new All([new AttributeRule("age", Operator.Is, [])]))));

    [Fact]
    public async Task Groups_never_come_to_use_each_other()
    {
        var inner = await shop.SaveAsync("Inner", Adults);
        await shop.SaveAsync("Outer", new GroupRule(inner.Id, true));
        var outer = await shop.AsAsync(Shop.First, async s => (await s.GetRequiredService<TargetGroupQueries>().ListAsync(default)).Groups.Single(g => g.Name == "Outer"));
        Assert.Contains("leads back to itself", await Shop.RefusalAsync(() => shop.SaveAsync("Inner", new GroupRule(outer.Id, true), inner.Id, inner.Version)));
    }

    [Fact]
    public async Task A_change_that_would_spoil_another_group_is_refused_with_its_name()
    {
        var seed = await shop.SaveAsync("Depth 0", Adults);
        var below = seed;
        for (var i = 1; i <= 5; i++) below = await shop.SaveAsync($"Depth {i}", new GroupRule(below.Id, true));
        var extra = await shop.SaveAsync("Extra", Adults);
        var refusal = await Shop.RefusalAsync(() => shop.SaveAsync("Depth 0", new GroupRule(extra.Id, true), seed.Id, seed.Version));
        Assert.Contains("could no longer be counted", refusal);
        Assert.Contains("deep", refusal);
    }

    [Fact]
    public async Task Somebody_elses_change_is_not_overwritten_and_is_told()
    {
        var opened = await shop.SaveAsync("Contested", Adults);
        await shop.SaveAsync("Contested", Shop.Country("FR"), opened.Id, opened.Version, by: "Karim Haddad");
        var refusal = await Shop.RefusalAsync(() => shop.SaveAsync("Contested", Shop.Country("BE"), opened.Id, opened.Version));
        Assert.StartsWith("Karim Haddad changed this group at 09:12 on 17 June", refusal);
        Assert.Equal("""["FR"]""", await shop.Database.AskAsync<string>($"select (rule->'rule'->'values')::text from target_groups where id = {opened.Id}"));
    }

    [Fact]
    public async Task The_log_keeps_name_and_rule_before_and_after()
    {
        var saved = await shop.SaveAsync("Logged", Adults);
        await shop.SaveAsync("Logged anew", Shop.Country("FR"), saved.Id, saved.Version);
        Assert.Equal("Logged", await shop.Database.AskAsync<string>("select before->>'Name' from audit_entries where subject = 'Target group \"Logged anew\"'"));
        Assert.Equal("Age is at least 18", await shop.Database.AskAsync<string>("select before->>'Meaning' from audit_entries where subject = 'Target group \"Logged anew\"'"));
        Assert.Equal("attribute", await shop.Database.AskAsync<string>("select after->'Rule'->'rule'->>'kind' from audit_entries where subject = 'Target group \"Logged anew\"'"));
    }

    [Fact]
    public async Task People_who_may_only_look_change_nothing()
    {
        var refusal = await Shop.RefusalAsync(() => shop.AsAsync(Shop.First, s => s.GetRequiredService<SaveTargetGroup>().RunAsync(new(null, 0, "Looked", Adults)), mayEdit: false));
        Assert.Contains("may look", refusal);
        Assert.Equal(0, await shop.Database.AskAsync<long>("select count(*) from target_groups where name = 'Looked'"));
    }

    [Fact]
    public async Task Another_clients_group_can_neither_be_seen_nor_used_nor_changed()
    {
        var theirs = await shop.SaveAsync("Theirs", Shop.Country("FR"), tenant: Shop.Second);
        Assert.Null(await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ForEditingAsync(theirs.Id, default)));
        Assert.DoesNotContain((await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ListAsync(default))).Groups, g => g.Id == theirs.Id);
        Assert.Contains("no longer exists", await Shop.RefusalAsync(() => shop.SaveAsync("Borrowed", new GroupRule(theirs.Id, true))));
        Assert.Contains("deleted", await Shop.RefusalAsync(() => shop.SaveAsync("Taken", Adults, theirs.Id, theirs.Version)));
        Assert.Contains("no such target group", await Shop.RefusalAsync(() => shop.AsAsync(Shop.First, s => s.GetRequiredService<ArchiveTargetGroup>().RunAsync(theirs.Id))));
    }
}
