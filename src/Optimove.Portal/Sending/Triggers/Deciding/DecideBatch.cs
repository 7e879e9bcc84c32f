using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Counting;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>Decides by the next events in one transaction: how far each customer is, the decisions, the notices and messages, and the mark.</summary>
public sealed class DecideBatch(TenantContext tenant, DecideMet decide, DecisionBell bell, TimeProvider clock)
{
    /// <param name="connection">With the client's role and no transaction.</param>
    /// <param name="most">How many events at most.</param>
    /// <returns>Up to which number events have been decided by.</returns>
    internal async Task<long> RunAsync(NpgsqlConnection connection, TriggerWorld world, int most, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var events = await UndecidedEvents.TakeAsync(connection, tenant.Current, world, most, cancellation);
        if (events.Count == 0) return (await UndecidedEvents.FindAsync(connection, cancellation)).Mark;
        List<Touch> touches = [.. events.SelectMany(e => e.Touches(world))];
        var progress = await ProgressRows.ReadAsync(connection, touches, cancellation);
        await using var rest = new NpgsqlBatch(connection);
        var counts = await decide.RunAsync(connection, rest, world, Apply(touches, progress, now), now, cancellation);
        progress.AddWrite(rest);
        UndecidedEvents.AddMove(rest, events, counts, now);
        // Committed in the same round trip; where one before it fails, it is not reached.
        rest.Add("commit");
        await rest.ExecuteNonQueryAsync(cancellation);
        if (counts.Sent > 0) bell.Ring(tenant.Current, world);
        return events[^1].Number;
    }

    private static List<MetTrigger> Apply(IEnumerable<Touch> touches, ProgressRows progress, DateTimeOffset now) =>
    [
        .. touches.OrderBy(t => t.Event.OccurredAt).SelectMany(t =>
        {
            var far = progress.Of(t.Trigger, t.Event.CustomerId);
            return far.Apply(t.Trigger.Rule, t.Event, t.Counts, t.Follows, now.UtcDateTime).Select(c => new MetTrigger(t.Trigger, t.Event.CustomerId, c.EventId, c.Parameters, far) { IsLate = now - t.Event.KeptAt > TriggerMessage.Worth });
        }),
    ];
}
