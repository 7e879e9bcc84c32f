using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>
/// Launches a draft that is complete and valid: makes its occurrence, which then goes its way by itself. Refused with everything that stops
/// it, and when somebody else has changed the campaign since <c>version</c>.
/// </summary>
public sealed class ScheduleCampaign(IDbContextFactory<PortalDb> databases, CheckLaunch check, Actor actor, Audit audit, TenantContext tenant, TimeProvider clock)
{
    public async Task<SendPlan> RunAsync(int campaignId, uint version, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Id == campaignId && c.ArchivedAt == null, cancellation)
            ?? throw new RefusedException("This campaign was deleted.");
        if (campaign.State != CampaignState.Draft) throw new RefusedException("This campaign is launched already.");
        (await check.RunAsync(db, campaign, cancellation: cancellation)).RefuseIfStopped();
        var now = clock.GetUtcNow();
        var nightlyAt = await db.Tenants.Where(t => t.Id == tenant.Current.Id).Select(t => t.NightlyAt).SingleAsync(cancellation);
        var occurrence = new Occurrence
        {
            CampaignId = campaign.Id, Zone = tenant.Current.TimeZone, DispatchId = "", CreatedAt = now, State = OccurrenceState.Scheduled,
        };
        var plan = SendPlan.Make(campaign.SendDate!.Value, campaign.SendTime!.Value, tenant.Current.Zone, nightlyAt, now);
        occurrence.Plan(campaign, tenant.Current, plan);
        db.Occurrences.Add(occurrence);
        (campaign.State, campaign.ScheduledAt, campaign.ScheduledBy) = (CampaignState.Scheduled, now, actor.Name);
        audit.Record(db, "campaign.scheduled", campaign.AuditName, after: new { CampaignSnapshot.Of(campaign).SendDate, campaign.SendTime, plan.SendAt, plan.LocksAt });
        await db.SaveUnlessChangedAsync(campaign, version, cancellation);
        return plan;
    }
}

internal static class Planning
{
    /// <param name="known">What stopped it already and is not what this change does.</param>
    public static void RefuseIfStopped(this IReadOnlyList<LaunchCheck> checks, IReadOnlyList<LaunchCheck>? known = null)
    {
        var stops = checks.Where(c => c.Result == LaunchResult.Stops).Except(known ?? []).Select(c => $"{c.Sentence}. {c.Detail}".TrimEnd()).ToList();
        if (stops.Count > 0) throw new RefusedException(string.Join(' ', stops));
    }

    /// <summary>Gives an occurrence the campaign's date and time, and the name under which everything is made at the provider.</summary>
    public static void Plan(this Occurrence o, Campaign campaign, TenantScope tenant, SendPlan plan)
    {
        (o.Date, o.WallTime, o.Zone) = (campaign.SendDate!.Value, campaign.SendTime!.Value, tenant.TimeZone);
        (o.SendAt, o.LocksAt) = (plan.SendAt, plan.LocksAt);
        (o.ConnectionId, o.TemplateId) = (campaign.ConnectionId!.Value, campaign.TemplateId!.Value);
        (o.ControlShare, o.Kpi, o.MeasurementDays) = (campaign.ControlShare, campaign.Kpi, campaign.MeasurementDays);
        o.DispatchId = string.Create(CultureInfo.InvariantCulture, $"opt-{tenant.Id}-{campaign.Id}-{o.Date:yyyyMMdd}");
    }
}
