using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Counting;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>Decides the next of those whose time is over, in the transaction that takes them out of the waiting.</summary>
public sealed class DecideDueBatch(TenantContext tenant, DecideMet decide, DecisionBell bell, TimeProvider clock)
{
    private const int Most = 1000;
    private const string Take = """
        delete from trigger_waits w using (select campaign_id, customer_id from trigger_waits where due_at <= $1 order by due_at limit $2) due
        where w.campaign_id = due.campaign_id and w.customer_id = due.customer_id
        returning w.campaign_id, w.customer_id, w.event_id, w.parameters::text
        """;

    /// <param name="connection">With the client's role and no transaction.</param>
    internal async Task RunAsync(NpgsqlConnection connection, TriggerWorld world, DateTimeOffset due, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ListAsync(UndecidedEvents.Lock, _ => 0, cancellation, tenant.Current.Id);
        var over = await connection.ListAsync(Take, r => new Due(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3)), cancellation, due, Most);
        var progress = await ProgressRows.ReadAsync(connection, [.. over.Select(d => (d.Campaign, d.Customer))], [], cancellation);
        await using var batch = new NpgsqlBatch(connection);
        var counts = await decide.RunAsync(connection, batch, world, [.. Met(world, over, progress, tenant.Current.DayOf(now))], now, cancellation);
        if (counts != DecidedCounts.None)
        {
            progress.AddWrite(batch);
            UndecidedEvents.AddCount(batch, 0, counts, now);
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        if (counts.Sent > 0) bell.Ring(tenant.Current, world);
    }

    private static IEnumerable<MetTrigger> Met(TriggerWorld world, List<Due> over, ProgressRows progress, DateOnly today) =>
        from one in over
        let trigger = world.Triggers.FirstOrDefault(t => t.Campaign.Id == one.Campaign)
        where trigger?.Rule.Then is { Happens: false } && trigger.Campaign.RunsOn(today)
        select new MetTrigger(trigger, one.Customer, one.EventId, one.Parameters, progress.Of(trigger, one.Customer));

    private sealed record Due(int Campaign, string Customer, string EventId, string Parameters);
}
