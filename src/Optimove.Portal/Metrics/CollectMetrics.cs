using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics;

/// <summary>
/// Reads each sent occurrence's delivery figures once a day for seven days after the send day, and keeps every reading. A day that ends without a
/// reading stays as a gap; only the last, which holds the whole week, may still be read up to a week late. Closes the occurrence once its readings
/// and its measurement window are past and the purchases of the window's last day have come in.
/// </summary>
public sealed class CollectMetrics(IDbContextFactory<PortalDb> databases, OpenConnection open, LedgerFor ledgers, TenantContext tenant, TimeProvider clock)
{
    public const int Days = 7;
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan Belated = TimeSpan.FromDays(7);
    private static readonly TimeSpan WaitForPurchases = TimeSpan.FromDays(2);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var partners = await db.PartnerChannels.Select(c => c.ConnectionId).ToHashSetAsync(cancellation);
        foreach (var occurrence in await db.Occurrences.Where(o => o.State == OccurrenceState.Measuring).OrderBy(o => o.Id).ToListAsync(cancellation))
        {
            await CollectAsync(db, occurrence, partners.Contains(occurrence.ConnectionId), cancellation);
        }
    }

    private async Task CollectAsync(PortalDb db, Occurrence o, bool posted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var pulls = await db.MetricPulls.Where(p => p.OccurrenceId == o.Id).ToDictionaryAsync(p => p.Day, cancellation);
        for (var day = 1; day <= Days && ReadingTime.Of(o, day, tenant.Current) <= now; day++)
        {
            if (!pulls.TryGetValue(day, out var pull)) pull = pulls[day] = db.MetricPulls.Add(new() { OccurrenceId = o.Id, Day = day, State = PullState.NotYet }).Entity;
            if (pull.State is PullState.Read or PullState.Gap) continue;
            if (posted)
            {
                (pull.State, pull.PulledAt, pull.Sentence) = (PullState.Gap, now, "The partner posted no figures for this day.");
                continue;
            }
            if (OverAt(o, day) <= now) (pull.State, pull.Sentence) = (PullState.Gap, pull.Sentence ?? "The portal was not running on this day.");
            else if (now - pull.PulledAt >= TryAgain) await PullAsync(o, pull, cancellation);
        }
        if (pulls.GetValueOrDefault(Days) is { State: PullState.Read or PullState.Gap } && await IsMeasuredAsync(db, o, now, cancellation)) await CloseAsync(o, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private DateTimeOffset OverAt(Occurrence o, int day) => day < Days ? ReadingTime.Of(o, day + 1, tenant.Current) : ReadingTime.Of(o, day, tenant.Current) + Belated;

    // The last day's purchases come with the next file; where none comes, what is there counts after two days.
    private static async Task<bool> IsMeasuredAsync(PortalDb db, Occurrence o, DateTimeOffset now, CancellationToken cancellation) =>
        now >= o.MeasuredUntil + WaitForPurchases
        || now >= o.MeasuredUntil && await db.ImportRuns.AnyAsync(r => r.Kind == ImportKind.Transactions && r.State == ImportState.Done && r.StartedAt >= o.MeasuredUntil.ToUniversalTime(), cancellation);

    private async Task PullAsync(Occurrence o, MetricPull pull, CancellationToken cancellation)
    {
        (pull.PulledAt, pull.Tries) = (clock.GetUtcNow(), pull.Tries + 1);
        try
        {
            var (provider, access) = await open.RunAsync(o.ConnectionId, cancellation);
            if (await provider.GetMetricsAsync(access, SendOrders.Of(o), ledgers.Reading(o.Id), cancellation) is not { } reading)
            {
                (pull.State, pull.Sentence) = (PullState.NotYet, $"{provider.Info.Name} has no figures for it yet.");
                return;
            }
            (pull.State, pull.Sentence, pull.Raw) = (PullState.Read, reading.Caveat, reading.Raw);
            (pull.Sent, pull.Delivered, pull.Bounced, pull.Unsubscribed, pull.Complaints) = (reading.Sent, reading.Delivered, reading.Bounced, reading.Unsubscribed, reading.Complaints);
            (pull.UniqueOpens, pull.TotalOpens, pull.UniqueClicks, pull.TotalClicks) = (reading.UniqueOpens, reading.TotalOpens, reading.UniqueClicks, reading.TotalClicks);
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            (pull.State, pull.Sentence) = (PullState.Failed, e.Message);
        }
    }

    private async Task CloseAsync(Occurrence o, CancellationToken cancellation)
    {
        (o.State, o.ClosedAt) = (OccurrenceState.Closed, clock.GetUtcNow());
        try
        {
            var (provider, access) = await open.RunAsync(o.ConnectionId, cancellation);
            await provider.CleanUpAsync(access, SendOrders.Of(o), ledgers.Reading(o.Id), cancellation);
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            // What is left at the provider does no harm and costs nothing.
        }
    }
}
