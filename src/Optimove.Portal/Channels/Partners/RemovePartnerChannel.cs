using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Takes a partner channel and its connection away, unless campaigns are going to use it: its partner's calls about it are refused from then on, and its listeners are removed. What was sent through it keeps its figures.</summary>
public sealed class RemovePartnerChannel(IDbContextFactory<PortalDb> databases, RemoveConnection remove, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.PartnerChannels.SingleOrDefaultAsync(c => c.Id == id && c.RemovedAt == null, cancellation) is not { } channel) return;
        await remove.RunAsync(channel.ConnectionId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        channel.RemovedAt = clock.GetUtcNow();
        await db.EventListeners.Where(l => l.ChannelId == channel.ChannelId).ExecuteDeleteAsync(cancellation);
        audit.Record(db, "partner-channel.removed", $"Channel {channel.ChannelId} {channel.Name}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
