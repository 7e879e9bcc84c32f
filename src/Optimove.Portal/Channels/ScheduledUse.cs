using Optimove.Portal.Data;

namespace Optimove.Portal.Channels;

/// <summary>Which connections a scheduled campaign can be sent through.</summary>
public static class ScheduledUse
{
    /// <summary>Those that are there, without the partner channels that only triggers use.</summary>
    public static IQueryable<Connection> ForScheduledCampaigns(this PortalDb db) =>
        db.Connections.Where(c => c.RemovedAt == null && !db.PartnerChannels.Any(p => p.ConnectionId == c.Id && p.TriggeredUse));
}
