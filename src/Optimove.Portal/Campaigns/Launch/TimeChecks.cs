using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Launch;

/// <summary>What a time is judged against.</summary>
internal sealed record TimeFrame(ProviderCatalog Providers, TenantScope Tenant, DateTimeOffset Now, bool TimeUnchanged);

/// <summary>Whether the send time is far enough ahead, on the provider's grid, and alone on its day.</summary>
internal static class TimeChecks
{
    public static async Task<IReadOnlyList<LaunchCheck>> RunAsync(PortalDb db, Campaign campaign, TimeFrame frame, CancellationToken cancellation)
    {
        if (campaign.SendDate is not { } date) return [LaunchCheck.Stop(WizardStep.When, "No date is chosen", "Choose one under When.")];
        if (campaign.SendTime is not { } time) return [LaunchCheck.Stop(WizardStep.When, "No time is chosen", "Choose one under When.")];
        return [await TimeAsync(db, campaign, date, time, frame, cancellation), .. await OthersAsync(db, campaign, date, cancellation)];
    }

    private static async Task<LaunchCheck> TimeAsync(PortalDb db, Campaign campaign, DateOnly date, TimeOnly time, TimeFrame frame, CancellationToken cancellation)
    {
        var zone = frame.Tenant.Zone;
        var sendAt = WallClock.ToInstant(date, time, zone);
        var soonest = frame.Now + SendPlan.Lead;
        if (!frame.TimeUnchanged && sendAt < frame.Now) return LaunchCheck.Stop(WizardStep.When, "The send time is over", "Choose a later one under When.");
        if (!frame.TimeUnchanged && sendAt < soonest)
            return LaunchCheck.Stop(WizardStep.When, "The send time is too near", $"A list and its hand-over need 45 minutes: take {TimeZoneInfo.ConvertTime(soonest, zone):HH:mm} or later.");
        if (campaign.ConnectionId is { } id && frame.Providers[await db.Connections.Where(c => c.Id == id).Select(c => c.Provider).SingleAsync(cancellation)].Info is var provider
            && SendTime.OffGrid(provider.Name, provider.SendGridMinutes, date, time, zone) is { } offGrid)
            return LaunchCheck.Stop(WizardStep.When, "The provider does not send at this time", offGrid);
        return SendTime.ClockNote(date, time, zone) is { } note
            ? LaunchCheck.Look(WizardStep.When, "The clock changes that night", note)
            : LaunchCheck.Well(WizardStep.When, "The send time is possible");
    }

    private static async Task<IReadOnlyList<LaunchCheck>> OthersAsync(PortalDb db, Campaign campaign, DateOnly date, CancellationToken cancellation)
    {
        var others = await db.Occurrences.Where(o => o.Date == date && o.CampaignId != campaign.Id && o.State != OccurrenceState.Cancelled)
            .OrderBy(o => o.SendAt).Select(o => o.Campaign.Name).ToListAsync(cancellation);
        return others.Count == 0
            ? [LaunchCheck.Well(WizardStep.When, "Nothing else goes out that day")]
            : [LaunchCheck.Look(WizardStep.When, others.Count == 1 ? $"\"{others[0]}\" goes out on the same day" : $"{others.Count} other campaigns go out on the same day",
                "People who are in both groups get both messages.")];
    }
}
