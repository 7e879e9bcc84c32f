using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>Reads who wants to be told of what.</summary>
public sealed class ListenerQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>A credential's own listeners, by event and channel.</summary>
    public async Task<IReadOnlyList<EventListener>> OfAsync(int credentialId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.EventListeners.AsNoTracking().Where(l => l.CredentialId == credentialId).OrderBy(l => l.EventType).ThenBy(l => l.ChannelId).ToListAsync(cancellation);
    }
}
