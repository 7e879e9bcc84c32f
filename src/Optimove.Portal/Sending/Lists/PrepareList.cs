using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Lists;

/// <summary>Checks that an occurrence may go out, freezes what it sends and makes its list; all is committed together, or nothing is.</summary>
public sealed class PrepareList(PreflightGate gate, MakeList makeList, TenantRules rules, ReadAddressing addressing, TenantContext tenant, TimeProvider clock)
{
    /// <returns>Why no list is made now; null when it is made.</returns>
    public async Task<HoldReason?> RunAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        if (await gate.RunAsync(db, o, cancellation) is { } reason) return reason;
        (o.State, o.Sentence, o.RetryAt) = (OccurrenceState.Preparing, null, null);
        await db.SaveChangesAsync(cancellation);
        var context = await rules.GetAsync(cancellation);
        await FreezeAsync(db, o, context, cancellation);
        var key = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.AssignmentKey).SingleAsync(cancellation);
        var by = await addressing.RunAsync(o.ConnectionId, o.TemplateId, cancellation);
        using var assignment = new Assignment(key, $"{o.CampaignId}", o.Salt!, (double)o.ControlShare);
        var plan = new ListPlan(o.Id, SqlCompiler.Compile(RuleJson.Read(o.Rule!), context), by, assignment, by.ChunkSize);

        await db.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var counts = await makeList.RunAsync((NpgsqlConnection)db.Database.GetDbConnection(), plan, cancellation);
        (o.Considered, o.Excluded, o.Control) = (counts.Considered, counts.Excluded, counts.Control);
        (o.State, o.ListedAt) = (OccurrenceState.Locked, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await db.Database.CloseConnectionAsync();
        return null;
    }

    private static async Task FreezeAsync(PortalDb db, Occurrence o, RuleContext context, CancellationToken cancellation)
    {
        var campaign = o.Campaign;
        var template = await db.Templates.AsNoTracking().SingleAsync(t => t.Id == campaign.TemplateId, cancellation);
        o.Rule = await db.TargetGroups.Where(g => g.Id == campaign.TargetGroupId).Select(g => g.Rule).SingleAsync(cancellation);
        o.Salt = o.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (o.ControlShare, o.Kpi, o.MeasurementDays) = (campaign.ControlShare, campaign.Kpi, campaign.MeasurementDays);
        (o.ConnectionId, o.TemplateId, o.ProviderTemplateId) = (campaign.ConnectionId!.Value, template.Id, template.ProviderId);
        o.ScopeId = template.ScopeId;
        (o.Subject, o.PreviewText, o.DataDate) = (template.Subject, template.PreviewText, context.DataDate);
    }
}
