using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>
/// Gives a missed occurrence a new time today. It goes on under its own name and ledger, so that what the provider has already taken is not
/// handed over again; refused when the provider may have been told to send it.
/// </summary>
public sealed class SendToday(ChangeOccurrence change, ProviderCatalog providers, TenantContext tenant)
{
    /// <summary>The least time for a list and its hand-over.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(20);

    /// <summary>The first time on the provider's grid that leaves enough room; null when the day is too short for it.</summary>
    internal static TimeOnly? Soonest(DateTimeOffset now, int gridMinutes, TimeZoneInfo zone)
    {
        var at = TimeZoneInfo.ConvertTime(StartWindow.Next(now + Lead, now, Math.Max(5, gridMinutes)), zone);
        return at.Date == TimeZoneInfo.ConvertTime(now, zone).Date ? TimeOnly.FromDateTime(at.DateTime) : null;
    }

    public Task RunAsync(int occurrenceId, TimeOnly time, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.sent-later", async on =>
        {
            var o = on.Occurrence;
            if (o.State != OccurrenceState.Missed) throw new RefusedException("It is no longer missed.");
            var zone = tenant.Current.Zone;
            var sendAt = WallClock.ToInstant(tenant.Current.DayOf(on.Now), time, zone);
            if (sendAt < on.Now + Lead) throw new RefusedException($"That is too near: the hand-over needs {Lead.TotalMinutes:0} minutes. Take a later time.");
            var provider = providers[await on.Db.Connections.Where(c => c.Id == o.ConnectionId).Select(c => c.Provider).SingleAsync(on.Cancellation)].Info;
            await MustNotBeAtProviderAsync(on, provider);
            if (SendTime.OffGrid(provider.Name, provider.SendGridMinutes, tenant.Current.DayOf(on.Now), time, zone) is { } offGrid) throw new RefusedException(offGrid);
            (o.SendAt, o.WallTime, o.Sentence, o.RetryAt, o.Attempts) = (sendAt, time, null, null, 0);
            if (o.ListedAt is null) (o.State, o.LocksAt) = (OccurrenceState.Scheduled, on.Now);
            else o.State = OccurrenceState.Locked;
            return new { o.Date, SendAt = sendAt };
        }, cancellation);

    private static async Task MustNotBeAtProviderAsync(OccurrenceDecision on, ProviderInfo provider)
    {
        var told = await on.Db.SendSteps.AnyAsync(s => s.OccurrenceId == on.Occurrence.Id && s.Name.StartsWith(provider.TellsTimeBy)
            && (s.State == StepState.Accepted || s.State == StepState.InFlight || s.State == StepState.Unknown), on.Cancellation);
        if (told) throw new RefusedException("The provider may have been told to send it, so it is not sent again from here. Look at the provider first.");
    }
}
