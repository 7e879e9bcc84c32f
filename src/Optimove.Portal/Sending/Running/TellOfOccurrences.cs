using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Data;

namespace Optimove.Portal.Sending.Running;

/// <summary>Whoever saves an occurrence in a new state saves with it the notices to listeners, so that they are told of exactly what was committed.</summary>
internal sealed class TellOfOccurrences(QueueNews queue) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not PortalDb db) return result;
        foreach (var entry in db.ChangeTracker.Entries<Occurrence>().Where(e => e.State == EntityState.Modified).ToList())
        {
            var (o, before) = (entry.Entity, entry.Property(x => x.State).OriginalValue);
            if (o.State == before || NewsOf(o) is not { Count: > 0 } news) continue;
            var channel = await ChannelAsync(db, o, cancellationToken);
            foreach (var one in news) await queue.RunAsync(db, one with { Channel = channel }, cancellationToken);
        }
        return result;
    }

    private static List<EventNews> NewsOf(Occurrence o) => o switch
    {
        { State: OccurrenceState.HandedOver } => [new(EventNews.ChannelExecuted, o.Id), new(EventNews.CampaignProcessed, o.Id)],
        { State: OccurrenceState.Cancelled, PushStartedAt: not null } => [new(EventNews.CampaignCancelled, o.Id)],
        { State: OccurrenceState.Held, PushStartedAt: null } => [new(EventNews.CampaignOnHold, o.Id, ClearBy: o.SendAt + StartWindow.Length)],
        _ => [],
    };

    private static async Task<int?> ChannelAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var connection = o.ListedAt is null ? await db.Campaigns.Where(c => c.Id == o.CampaignId).Select(c => c.ConnectionId).SingleAsync(cancellation) : o.ConnectionId;
        if (connection is not { } id) return null;
        return await db.PartnerChannels.Where(c => c.ConnectionId == id).Select(c => (int?)c.ChannelId).FirstOrDefaultAsync(cancellation) ?? ExecutionChannel.Of(id);
    }
}
