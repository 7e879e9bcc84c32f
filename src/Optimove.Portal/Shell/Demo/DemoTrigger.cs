using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Sending.Triggers.Events;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Shell.Demo;

/// <summary>
/// The demo's triggered campaigns: whoever looks at the sale page three times within a day gets a text message at once, once a week at most; whoever
/// looks at what is new twice within an hour, a push, once a day.
/// </summary>
internal sealed class DemoTrigger(
    IDbContextFactory<PortalDb> databases, SaveEventDefinition define, AddChannelTemplates offer, SaveTriggeredCampaign save, StartTriggeredCampaign start)
{
    public async Task DefineAsync(CancellationToken cancellation)
    {
        var visit = await define.RunAsync(null, new()
        {
            Name = "page_visit", Description = "Somebody who is signed in opens a page of the shop", Parameters = [new() { Name = "page", Type = AttributeType.Text }, new() { Name = "seconds", Type = AttributeType.Integer }],
        }, cancellation);
        await offer.RunAsync(DemoPartner.Triggered, [new(DemoPartner.AtOnce.Id, DemoPartner.AtOnce.Name, null)], cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var action = await db.Templates.Where(t => t.Name == DemoPartner.AtOnce.Name).Select(t => t.Id).SingleAsync(cancellation);
        var group = await db.TargetGroups.Where(g => g.Name == "Everybody but staff").Select(g => g.Id).SingleAsync(cancellation);
        var onSale = new EventCondition(visit, new All([new AttributeRule("page", Operator.Is, ["/sale"])]));
        var saved = await save.RunAsync(null, 0, new()
        {
            Name = "Still thinking about it", TriggerName = "3 visits of the sale page", Rule = new([onSale], Times: 3, WithinMinutes: 24 * 60, Then: null), TargetGroupId = group,
            ChannelId = DemoPartner.Triggered, ActionId = action, ControlShare = 0.10m, EntryDays = 7,
        }, cancellation);
        await start.RunAsync(saved.Id, cancellation);
        await ThroughAppboyAsync(db, visit, group, cancellation);
    }

    // The same event, answered by a push: straight through the client's Appboy account.
    private async Task ThroughAppboyAsync(PortalDb db, int visit, int group, CancellationToken cancellation)
    {
        var template = await db.Templates.Where(t => t.Name == "Optimove_SummerSale iOS").Select(t => new { t.Id, t.ConnectionId }).SingleAsync(cancellation);
        var news = new EventCondition(visit, new All([new AttributeRule("page", Operator.StartsWith, ["/new"])]));
        var saved = await save.RunAsync(null, 0, new()
        {
            Name = "New in the shop, by push", Rule = new([news], Times: 2, WithinMinutes: 60, Then: null), TargetGroupId = group,
            ChannelId = ExecutionChannel.Of(template.ConnectionId), ActionId = template.Id, ControlShare = 0.10m, EntryDays = 1,
        }, cancellation);
        await start.RunAsync(saved.Id, cancellation);
    }
}
