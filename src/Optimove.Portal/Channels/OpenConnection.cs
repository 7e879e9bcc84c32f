using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels;

/// <summary>Opens a saved connection for use: decrypts its secrets and gives the provider with the access to it.</summary>
public sealed class OpenConnection(IDbContextFactory<PortalDb> databases, ConnectionAccess access)
{
    /// <exception cref="RefusedException">The connection is gone or its secrets cannot be read.</exception>
    public async Task<(IProvider Provider, ProviderConnection Access)> RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation)
            ?? throw new RefusedException("The connection that this uses has been removed. Choose another under Channels.");
        return access.Open(connection);
    }
}
