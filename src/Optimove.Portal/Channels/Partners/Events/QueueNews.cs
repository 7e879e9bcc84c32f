using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>Adds a notice for each listener of some news; saves nothing, so that the notices are committed with what made them true, or not at all.</summary>
public sealed class QueueNews(TimeProvider clock)
{
    public async Task RunAsync(PortalDb db, EventNews news, CancellationToken cancellation = default)
    {
        var listeners = await db.EventListeners.Where(l => l.EventType == news.Type && (l.ChannelId == null || l.ChannelId == news.Channel)).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(cancellation);
        if (listeners.Count == 0) return;
        var now = clock.GetUtcNow();
        var body = news.Body(now);
        db.EventDeliveries.AddRange(listeners.Select(id => new EventDelivery { TenantId = db.CurrentTenantId, ListenerId = id, EventType = news.Type, OccurrenceId = news.Campaign, Body = body, CreatedAt = now, NextTryAt = now }));
    }
}
