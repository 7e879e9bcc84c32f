using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>What a dry run plays: the occurrence as it is or would be made, detached from the database.</summary>
/// <param name="Begins">When the hand-over would begin.</param>
public sealed record DryOrder(Occurrence Occurrence, Connection Connection, Template Template, ProviderInfo Provider, DateTimeOffset Begins);

/// <summary>Reads a draft, or a launched campaign that has not been handed over, as its hand-over would find it. Refused with what is still missing.</summary>
public sealed class ReadDryOrder(IDbContextFactory<PortalDb> databases, ProviderCatalog providers, TenantContext tenant, TimeProvider clock)
{
    /// <returns>Null when there is no such campaign.</returns>
    public async Task<DryOrder?> RunAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId && c.ArchivedAt == null, cancellation);
        if (campaign is null) return null;
        var o = await db.Occurrences.AsNoTracking().Where(o => o.CampaignId == campaignId).OrderByDescending(o => o.Date).FirstOrDefaultAsync(cancellation);
        if (o is null || campaign.State == CampaignState.Draft) o = await PlanAsync(db, campaign, cancellation);
        o.Campaign = campaign;
        if (o.CancelledAt is not null || campaign.State == CampaignState.Cancelled) throw new RefusedException("This campaign was cancelled, so there is nothing to hand over.");
        if (o.PushStartedAt is not null) throw new RefusedException("This campaign has been handed over. What was sent to whom is on the page of its date.");
        var (connectionId, templateId) = o.ListedAt is null ? (campaign.ConnectionId, campaign.TemplateId) : (o.ConnectionId, o.TemplateId);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation)
            ?? throw new RefusedException("Its connection has been removed. Choose another channel in the campaign.");
        var provider = providers[connection.Provider].Info;
        if (provider.ServedByPartner) throw new RefusedException("A dry run plays the calls to a provider. Through a partner channel nothing is called: the partner fetches the list. Send its listener a test event on the connection's page instead.");
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == templateId, cancellation) ?? throw new RefusedException("Choose a template in the campaign first.");
        if (TemplateUse.Why(template, provider.TemplatesNeedSubject) is { } why) throw new RefusedException($"The template \"{template.Name}\" cannot be sent. {why}");
        return new(o, connection, template, provider, Begin(o, provider));
    }

    private async Task<Occurrence> PlanAsync(PortalDb db, Campaign campaign, CancellationToken cancellation)
    {
        if (campaign is not { TargetGroupId: not null, ConnectionId: not null, TemplateId: not null, SendDate: { } date, SendTime: { } time })
            throw new RefusedException("The campaign is not complete yet: it needs a target group, a message and a time before there is anything to hand over.");
        var now = clock.GetUtcNow();
        var nightlyAt = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.NightlyAt).SingleAsync(cancellation);
        var o = new Occurrence { CampaignId = campaign.Id, Zone = tenant.Current.TimeZone, DispatchId = "", CreatedAt = now };
        o.Plan(campaign, tenant.Current, SendPlan.Make(date, time, tenant.Current.Zone, nightlyAt, now));
        return o;
    }

    // Late ones move to the next time that the provider offers, as the hand-over itself would do it.
    private DateTimeOffset Begin(Occurrence o, ProviderInfo provider)
    {
        var now = clock.GetUtcNow();
        if (now > (o.Id == 0 ? o.SendAt : o.SendAt + StartWindow.Length)) throw new RefusedException("The send time has passed. Choose a later one in the campaign.");
        var begins = o.ListedAt is null && o.LocksAt > now ? o.LocksAt : now;
        if (provider.HandOverLead is { } lead && o.SendAt - lead > begins) begins = o.SendAt - lead;
        if (o.SendAt < begins + StartWindow.Notice) o.SendAt = StartWindow.Next(o.SendAt, begins, provider.SendGridMinutes);
        return begins;
    }
}
