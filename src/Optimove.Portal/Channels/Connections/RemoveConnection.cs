using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Connections;

/// <summary>
/// Removes a connection and deletes its secrets. Refused while campaigns that have not gone out, or triggered ones that can still send, use it, naming them. What was sent through
/// it keeps its figures; further delivery figures are no longer collected.
/// </summary>
public sealed class RemoveConnection(IDbContextFactory<PortalDb> databases, ConnectionQueries queries, Audit audit, Actor actor, TimeProvider clock)
{
    public async Task RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation);
        if (connection is null) return;
        var waiting = (await queries.UsesAsync(connectionId, cancellation)).Where(u => !u.Sent).Select(u => u.Campaign).Distinct().ToList();
        if (waiting.Count > 0)
        {
            throw new RefusedException($"{connection.Name} stays, because campaigns are going to use it: {string.Join(", ", waiting)}. Cancel them or choose another connection in them first.");
        }
        (connection.RemovedAt, connection.Secrets, connection.SecretsSavedAt) = (clock.GetUtcNow(), null, null);
        audit.Record(db, "connection.removed", $"Connection {connection.Name}");
        await db.SaveChangesAsync(cancellation);
    }
}
