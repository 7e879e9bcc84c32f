using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Decides what waited for its time to be over, once every event that was kept until then has had its say: where the second event failed to follow
/// and must not have, the trigger is met; where it had to, it is not. What a paused or ended campaign waited for is dropped.
/// </summary>
public sealed class DecideDueWaits(TenantDatabase database, TenantContext tenant, KnownTriggers known, DecideEvents events, DecideDueBatch decide, TimeProvider clock)
{
    private const string IsAnyDue = "select exists (select from trigger_waits where due_at <= $1)";

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var due = clock.GetUtcNow();
        if (!await IsAnyDueAsync(due, cancellation)) return;
        await events.RunAsync(cancellation);
        while (await IsAnyDueAsync(due, cancellation))
        {
            await using var connection = await database.OpenAsync(cancellation);
            await decide.RunAsync(connection, await known.GetAsync(tenant.Current), due, cancellation);
        }
    }

    private async Task<bool> IsAnyDueAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return (await connection.ListAsync(IsAnyDue, r => r.GetBoolean(0), cancellation, due)).Single();
    }
}
