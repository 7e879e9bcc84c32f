using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Running;

namespace Optimove.Portal.Sending.Lists;

/// <summary>Checks that an occurrence may go out, freezes what it sends and makes its list; all is committed together, or nothing is.</summary>
public sealed class PrepareList(PreflightGate gate, FreezeOccurrence freeze, MakeList makeList, TimeProvider clock)
{
    /// <returns>Why no list is made now; null when it is made.</returns>
    public async Task<HoldReason?> RunAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        if (await gate.RunAsync(db, o, cancellation) is { } reason) return reason;
        (o.State, o.Sentence, o.RetryAt) = (OccurrenceState.Preparing, null, null);
        await db.SaveChangesAsync(cancellation);
        var plan = await freeze.RunAsync(db, o, cancellation);

        await db.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var counts = await makeList.RunAsync((NpgsqlConnection)db.Database.GetDbConnection(), plan, cancellation);
        (o.Considered, o.Excluded, o.Control) = (counts.Considered, counts.Excluded, counts.Control);
        (o.State, o.ListedAt) = (OccurrenceState.Locked, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await db.Database.CloseConnectionAsync();
        return null;
    }
}
