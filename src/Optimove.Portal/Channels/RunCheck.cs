using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>Asks one item of a connection's checklist and keeps the answer with its evidence and time. An item that a person confirms is left alone.</summary>
public sealed class RunCheck(IDbContextFactory<PortalDb> databases, ConnectionAccess access, TryChecklist tryOut, ProviderCatalog catalog, Actor actor, TimeProvider clock)
{
    public async Task RunAsync(int connectionId, string item, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation)
            ?? throw new RefusedException("This connection has been removed.");
        if (!catalog[connection.Provider].Info.Checklist.Any(i => i.Key == item && !i.ByPerson)) return;
        var withSubject = await db.Templates.CountAsync(t => t.ConnectionId == connectionId && t.Subject != null && t.Unusable == null && t.GoneAt == null, cancellation);
        var result = await AskAsync(connection, item, withSubject, cancellation);
        var row = await db.ConnectionChecks.SingleOrDefaultAsync(c => c.ConnectionId == connectionId && c.Item == item, cancellation)
            ?? db.ConnectionChecks.Add(new() { ConnectionId = connectionId, Item = item, Sentence = "" }).Entity;
        row.Take(result.State, result.Sentence, clock.GetUtcNow());
        connection.CheckedAt = row.CheckedAt;
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<CheckResult> AskAsync(Connection connection, string item, int withSubject, CancellationToken cancellation)
    {
        try
        {
            var (provider, opened) = access.Open(connection);
            return await tryOut.RunAsync(provider, opened, item, withSubject, cancellation);
        }
        catch (RefusedException unreadable)
        {
            return CheckResult.Blocked(unreadable.Message);
        }
    }
}
