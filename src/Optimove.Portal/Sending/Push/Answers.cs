using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Reads what the ledger knows of an occurrence's recipients.</summary>
public sealed class Answers(TenantDatabase database)
{
    /// <returns>How many steps have an unknown outcome.</returns>
    public async Task<int> ReadIntoAsync(Occurrence o, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("count-answers.sql"), connection) { Parameters = { new() { Value = o.Id } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        (o.Accepted, o.Rejected, o.Unknown) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
        return reader.GetInt32(3);
    }

    /// <summary>Calls that were in flight when their process ended: nobody knows what came of them.</summary>
    public async Task ForsakeAsync(int occurrenceId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            update send_steps set state = 'Unknown', sentence = 'The portal stopped while this call was under way.'
            where occurrence_id = $1 and state = 'InFlight'
            """, connection) { Parameters = { new() { Value = occurrenceId } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
