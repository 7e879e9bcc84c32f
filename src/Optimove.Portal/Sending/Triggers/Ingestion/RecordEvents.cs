using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Commits a batch of events, in one round trip. Batches of one client follow each other, in whichever process they are made, so that the numbers
/// of events become visible in their order and whoever has read up to one has missed none.
/// </summary>
public sealed class RecordEvents(TenantContext tenant, TimeProvider clock)
{
    private const string Lock = "select pg_advisory_xact_lock(hashtext('events are kept'), $1)";

    /// <param name="connection">With the client's role and no transaction.</param>
    /// <returns>The highest number that an event got; null where all were known already.</returns>
    public async Task<long?> RunAsync(NpgsqlConnection connection, IReadOnlyList<ReportedEvent> events, CancellationToken cancellation = default)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Lock, tenant.Current.Id);
        batch.Add(SqlFile.Read("record-events.sql"), clock.GetUtcNow(), Of(events, e => e.Kind.Id), Of(events, e => e.OccurredAt), Of(events, e => e.EventId), Of(events, e => e.CustomerId), Of(events, e => e.Json));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0) ? null : reader.GetInt64(0);
    }

    private static TValue[] Of<TValue>(IReadOnlyList<ReportedEvent> events, Func<ReportedEvent, TValue> value) => [.. events.Select(value)];
}
