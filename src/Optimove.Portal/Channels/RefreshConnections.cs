using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels;

/// <summary>Synchronises the templates and runs the checklist of each of the tenant's connections; one that fails does not keep the others waiting.</summary>
public sealed class RefreshConnections(IDbContextFactory<PortalDb> databases, SyncTemplates templates, CheckConnection check)
{
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var id in await db.Connections.Where(c => c.RemovedAt == null).Select(c => c.Id).ToListAsync(cancellation))
        {
            await templates.RunAsync(id, cancellation);
            await check.RunAsync(id, cancellation);
        }
    }
}
