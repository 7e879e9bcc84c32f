using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Lists;

/// <summary>Writes into an occurrence, with its campaign, what it sends and to whom as everything is at this moment, and gives the plan of its list. Saves nothing.</summary>
public sealed class FreezeOccurrence(TenantRules rules, ReadAddressing addressing, TenantContext tenant)
{
    public async Task<ListPlan> RunAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var context = await rules.GetAsync(cancellation);
        await FreezeAsync(db, o, context, cancellation);
        var key = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.AssignmentKey).SingleAsync(cancellation);
        var by = await addressing.RunAsync(o.ConnectionId, o.TemplateId, cancellation);
        var rule = SqlCompiler.Compile(RuleJson.Read(o.Rule!), context);
        return new(o.Id, rule, by, new Assignment(key, $"{o.CampaignId}", o.Salt!, (double)o.ControlShare), by.ChunkSize);
    }

    private static async Task FreezeAsync(PortalDb db, Occurrence o, RuleContext context, CancellationToken cancellation)
    {
        var campaign = o.Campaign;
        var template = await db.Templates.AsNoTracking().SingleAsync(t => t.Id == campaign.TemplateId, cancellation);
        o.Rule = await db.TargetGroups.Where(g => g.Id == campaign.TargetGroupId).Select(g => g.Rule).SingleAsync(cancellation);
        o.Salt = o.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (o.ControlShare, o.Kpi, o.MeasurementDays) = (campaign.ControlShare, campaign.Kpi, campaign.MeasurementDays);
        (o.ConnectionId, o.TemplateId, o.ProviderTemplateId) = (campaign.ConnectionId!.Value, template.Id, template.ProviderId);
        o.ScopeId = template.ScopeId;
        (o.Subject, o.PreviewText, o.DataDate) = (template.Subject, template.PreviewText, context.DataDate);
    }
}
