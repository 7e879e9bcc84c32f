using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels;

/// <summary>Runs every item of a connection's checklist that software can check, in the checklist's order.</summary>
public sealed class CheckConnection(IDbContextFactory<PortalDb> databases, ProviderCatalog catalog, RunCheck check)
{
    public async Task RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var provider = await db.Connections.Where(c => c.Id == connectionId && c.RemovedAt == null).Select(c => c.Provider).SingleOrDefaultAsync(cancellation)
            ?? throw new RefusedException("This connection has been removed.");
        foreach (var item in catalog[provider].Info.Checklist.Where(i => !i.ByPerson)) await check.RunAsync(connectionId, item.Key, cancellation);
    }
}
