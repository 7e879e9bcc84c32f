using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels;

/// <summary>Synchronises the templates and runs the checklist of each of the tenant's connections; one that fails does not keep the others waiting.</summary>
public sealed class RefreshConnections(IDbContextFactory<PortalDb> databases, SyncTemplates templates, CheckConnection check, ILogger<RefreshConnections> log)
{
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var id in await db.Connections.Where(c => c.RemovedAt == null).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation))
        {
            try
            {
                await templates.RunAsync(id, cancellation);
                await check.RunAsync(id, cancellation);
            }
            catch (RefusedException e)
            {
                log.LogWarning("Connection {Connection} was not refreshed: {Reason}", id, e.Message);
            }
        }
    }
}
