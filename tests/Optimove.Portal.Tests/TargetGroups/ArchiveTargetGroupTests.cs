using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
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

    private Task CampaignAsync(string name, int groupId, string state, string? occurrence, bool listed) => shop.AsAsync(Shop.First, async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = shop.Clock.GetUtcNow();
        var campaign = new Campaign { Name = name, State = Enum.Parse<CampaignState>(state), TargetGroupId = groupId, CreatedBy = "Sofia Marin", CreatedAt = now, SavedAt = now };
        db.Campaigns.Add(campaign);
        if (occurrence is not null)
        {
            db.Occurrences.Add(new()
            {
                Campaign = campaign, Date = new(2026, 6, 20), SendAt = now, Zone = "Europe/Paris", LocksAt = now, State = Enum.Parse<OccurrenceState>(occurrence),
                DispatchId = $"opt-{name}", CreatedAt = now, ListedAt = listed ? now : null,
            });
        }
        await db.SaveChangesAsync();
    });
}
