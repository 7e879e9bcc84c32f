using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Leaves out the event behind the mark, which failed when it was taken alone too, so that those behind it are decided by. The log says why, and the
/// campaigns that it might have set off count it among what they left out. Where another process moved the mark meanwhile, it does nothing.
/// </summary>
public sealed class LeaveOutEvent(TenantContext tenant, TimeProvider clock, ILogger<LeaveOutEvent> log)
{
    private const string Reason = "could not be decided";

    /// <param name="connection">With the client's role and no transaction.</param>
    /// <param name="mark">Behind which the event failed.</param>
    /// <returns>Up to which number events have been decided by.</returns>
    internal async Task<long> RunAsync(NpgsqlConnection connection, TriggerWorld world, long mark, Exception failure, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var events = await UndecidedEvents.TakeAsync(connection, tenant.Current, world, 1, cancellation);
        var stands = (await UndecidedEvents.FindAsync(connection, cancellation)).Mark;
        if (stands != mark || events.Count == 0) return stands;
        await using var rest = new NpgsqlBatch(connection);
        int[] campaigns = [.. events[0].Touches(world).Select(t => t.Trigger.Campaign.Id)];
        DecideMet.AddExcluded(rest, Reason, campaigns);
        UndecidedEvents.AddMove(rest, events, new(0, 0, campaigns.Length), clock.GetUtcNow());
        await rest.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        log.LogError(failure, "Event {Event} of client {Tenant} could not be decided by and is left out: no campaign counts it, and none is set off by it", events[0].Event?.EventId, tenant.Current.Slug);
        return events[0].Number;
    }
}
