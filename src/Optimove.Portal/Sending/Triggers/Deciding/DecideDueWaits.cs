using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>
/// Decides what waited for its time to be over: where the second event failed to follow and must not have, the trigger is met; where it had to, it
/// is not. What a paused or ended campaign waited for is dropped. Each is decided in the transaction that takes it out of the waiting.
/// </summary>
public sealed class DecideDueWaits(TenantDatabase database, TenantContext tenant, TriggerWorldQueries worlds, DecideMet decide, DecisionBell bell, TimeProvider clock)
{
    private const int Most = 1000;
    private const string Take = """
        delete from trigger_waits w using (select campaign_id, customer_id from trigger_waits where due_at <= $1 order by due_at limit $2) due
        where w.campaign_id = due.campaign_id and w.customer_id = due.customer_id
        returning w.campaign_id, w.customer_id, w.event_id, w.parameters::text
        """;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        TriggerWorld? world = null;
        while (await IsAnyDueAsync(cancellation))
        {
            world ??= await worlds.ReadAsync(cancellation);
            await DecideAsync(world, cancellation);
        }
    }

    private async Task<bool> IsAnyDueAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select exists (select from trigger_waits where due_at <= $1)", connection) { Parameters = { new() { Value = clock.GetUtcNow() } } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task DecideAsync(TriggerWorld world, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, CommitEvents.Lock, cancellation, tenant.Current.Id);
        var met = Met(world, await TakeAsync(connection, now, cancellation), tenant.Current.DayOf(now)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        var counts = await decide.RunAsync(connection, batch, world, met, now, cancellation);
        if (counts != DecidedCounts.None)
        {
            batch.Add(CommitEvents.Count, now, 0, counts.Sent, counts.Control, counts.Excluded);
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        if (counts.Sent > 0) bell.Ring(tenant.Current, world);
    }

    private static IEnumerable<MetTrigger> Met(TriggerWorld world, List<Due> due, DateOnly today) =>
        from one in due
        let trigger = world.Triggers.FirstOrDefault(t => t.Campaign.Id == one.Campaign)
        where trigger?.Rule.Then is { Happens: false } && trigger.Campaign.RunsOn(today)
        select new MetTrigger(trigger, one.Customer, one.EventId, one.Parameters);

    private static Task<List<Due>> TakeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation) =>
        connection.ListAsync(Take, r => new Due(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3)), cancellation, now, Most);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Due(int Campaign, string Customer, string EventId, string Parameters);
}
