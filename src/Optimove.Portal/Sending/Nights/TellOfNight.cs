using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>Tells listeners once that the day's data is in, and once that none of the day's campaigns is left to process.</summary>
public sealed class TellOfNight(IDbContextFactory<PortalDb> databases, QueueNews queue, TenantContext tenant, TimeProvider clock)
{
    private static readonly OccurrenceState[] Unprocessed = [OccurrenceState.Scheduled, OccurrenceState.Preparing, OccurrenceState.Locked, OccurrenceState.Pushing, OccurrenceState.Held];

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var today = tenant.Current.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await TellAsync(db, EventNews.DataUpdated, nights => nights.Where(n => n.Date == today && n.ImportedAt != null && n.State != NightState.Held && n.DataToldAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(n => n.DataToldAt, now), cancellation), cancellation);
        await TellAsync(db, EventNews.AllProcessed, nights => nights.Where(n => n.Date == today && n.ProcessedToldAt == null
                && db.Occurrences.Any(o => o.Date == today) && !db.Occurrences.Any(o => o.Date == today && Unprocessed.Contains(o.State)))
            .ExecuteUpdateAsync(u => u.SetProperty(n => n.ProcessedToldAt, now), cancellation), cancellation);
    }

    // The mark and the notices are one commit, and of two processes one alone sets the mark.
    private async Task TellAsync(PortalDb db, int type, Func<IQueryable<Night>, Task<int>> mark, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await mark(db.Nights) == 0) return;
        await queue.RunAsync(db, new(type), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
