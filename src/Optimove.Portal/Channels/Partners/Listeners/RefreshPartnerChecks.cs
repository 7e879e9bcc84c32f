using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers.Partner;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>Brings the checklists of partner channels up to date after listeners changed, so that campaigns are not held, or let go, by yesterday's answer.</summary>
public sealed class RefreshPartnerChecks(IDbContextFactory<PortalDb> databases, RunCheck check)
{
    /// <param name="channelId">Null for all channels.</param>
    public async Task RunAsync(int? channelId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var id in await db.PartnerChannels.Where(c => c.RemovedAt == null && (channelId == null || c.ChannelId == channelId)).Select(c => c.ConnectionId).ToListAsync(cancellation))
            await check.RunAsync(id, PartnerProvider.Listener, cancellation);
    }
}
