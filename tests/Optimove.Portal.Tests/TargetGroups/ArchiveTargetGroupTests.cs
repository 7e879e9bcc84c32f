using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Uses;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Tests.TargetGroups;

public sealed class ArchiveTargetGroupTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public async Task An_unused_group_leaves_the_list_and_frees_its_name()
    {
        var group = await shop.SaveAsync("Unused", Shop.Country("FR"));
        await ArchiveAsync(group.Id);
        Assert.Null(await shop.AsAsync(Shop.First, s => s.GetRequiredService<TargetGroupQueries>().ForEditingAsync(group.Id, default)));
        Assert.Equal(1, await shop.Database.AskAsync<long>("select count(*) from audit_entries where action = 'target-group.archived' and subject like '%Unused%'"));
        await shop.SaveAsync("Unused", Shop.Country("BE"));
        Assert.Contains("deleted meanwhile", await Shop.RefusalAsync(() => shop.SaveAsync("Unused anew", Shop.Country("BE"), group.Id, group.Version)));
    }

    [Fact]
    public async Task A_group_that_another_uses_stays_and_the_other_is_named()
    {
        var inner = await shop.SaveAsync("Staff", Shop.Country("FR"));
        await shop.SaveAsync("Without staff", new All([new Not(new Any([new GroupRule(inner.Id, true), Shop.Country("BE")]))]));
        Assert.Equal("The target group Without staff uses this group. Take it out of that rule first.", await Shop.RefusalAsync(() => ArchiveAsync(inner.Id)));
    }

    [Theory]
    [InlineData("Scheduled", "Scheduled", false, true)]
    [InlineData("Scheduled", "Held", false, true)]
    [InlineData("Scheduled", "Locked", true, false)]
    [InlineData("Scheduled", "Closed", true, false)]
    [InlineData("Scheduled", "Cancelled", false, false)]
    [InlineData("Cancelled", "Cancelled", false, false)]
    [InlineData("Draft", null, false, false)]
    public async Task A_campaign_that_waits_for_its_list_keeps_the_group(string campaign, string? occurrence, bool listed, bool keeps)
    {
        var name = $"{campaign} {occurrence}";
        var group = await shop.SaveAsync($"Group of {name}", Shop.Country("FR"));
        await CampaignAsync(name, group.Id, campaign, occurrence, listed);
        if (keeps) Assert.Equal($"The campaign {name} waits to be sent to this group. Cancel it, or give it another group first.", await Shop.RefusalAsync(() => ArchiveAsync(group.Id)));
        else await ArchiveAsync(group.Id);
    }

    [Fact]
    public async Task Campaigns_of_a_group_that_leads_here_would_change_too()
    {
        var inner = await shop.SaveAsync("Deep inside", Shop.Country("FR"));
        var middle = await shop.SaveAsync("Between", new GroupRule(inner.Id, true));
        var outer = await shop.SaveAsync("Outside", new GroupRule(middle.Id, false));
        await CampaignAsync("Through two groups", outer.Id, "Scheduled", "Scheduled", listed: false);
        var uses = await shop.AsAsync(Shop.First, s => s.GetRequiredService<GroupUses>().OfAsync(inner.Id));
        Assert.Empty(uses.Campaigns);
        Assert.Equal("Between", Assert.Single(uses.Groups).Name);
        Assert.Equal("Through two groups", Assert.Single(uses.Waiting).Name);
    }

    private Task ArchiveAsync(int id) => shop.AsAsync(Shop.First, s => s.GetRequiredService<ArchiveTargetGroup>().RunAsync(id));

    private async Task CampaignAsync(string name, int groupId, string state, string? occurrence, bool listed)
    {
        await shop.Database.RunAsync($"""
            insert into campaigns (tenant_id, name, state, target_group_id, control_share, kpi, measurement_days, send_date, created_at, created_by, saved_at)
            values (1, '{name}', '{state}', {groupId}, 0.1, 'Revenue', 30, '2026-06-20', now(), 'Sofia Marin', now())
            """);
        if (occurrence is null) return;
        await shop.Database.RunAsync($"""
            insert into occurrences (tenant_id, campaign_id, date, send_at, zone, wall_time, locks_at, state, control_share, kpi, measurement_days, connection_id, template_id, dispatch_id,
              created_at, listed_at, considered, excluded, control, accepted, rejected, unknown, attempts)
            select 1, id, '2026-06-20', '2026-06-20 08:00Z', 'Europe/Paris', '10:00', '2026-06-20 00:00Z', '{occurrence}', 0.1, 'Revenue', 30, 1, 1, 'opt-' || id,
              now(), {(listed ? "now()" : "null")}, 0, 0, 0, 0, 0, 0, 0 from campaigns where name = '{name}'
            """);
    }
}
