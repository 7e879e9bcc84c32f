using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Partners.Events.Log;

/// <summary>Reads who listens to a channel, and what they were told.</summary>
public sealed class NoticeQueries(IDbContextFactory<PortalDb> databases)
{
    private const int Most = 50;

    /// <summary>The listeners of a connection's channel, those of all channels too, each with how many notices wait for it.</summary>
    public async Task<IReadOnlyList<ListenerLine>> ListenersAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await Of(db, connectionId).OrderBy(l => l.EventType).ThenBy(l => l.Id)
            .Select(l => new { Listener = l, Waiting = db.EventDeliveries.Count(d => d.ListenerId == l.Id && d.NextTryAt != null) }).ToListAsync(cancellation);
        return [.. found.Select(f => new ListenerLine(f.Listener, f.Waiting))];
    }

    /// <summary>The latest notices to those listeners, newest first.</summary>
    public async Task<IReadOnlyList<EventDelivery>> LatestAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var listeners = await Of(db, connectionId).Select(l => l.Id).ToListAsync(cancellation);
        return await db.EventDeliveries.AsNoTracking().Where(d => listeners.Contains(d.ListenerId)).OrderByDescending(d => d.Id).Take(Most).ToListAsync(cancellation);
    }

    private static IQueryable<EventListener> Of(PortalDb db, int connectionId) =>
        db.EventListeners.AsNoTracking().Where(l => db.PartnerChannels.Any(c => c.ConnectionId == connectionId && (l.ChannelId == null || l.ChannelId == c.ChannelId)));
}

/// <param name="Waiting">Notices that it has not taken yet.</param>
public sealed record ListenerLine(EventListener Listener, int Waiting);
