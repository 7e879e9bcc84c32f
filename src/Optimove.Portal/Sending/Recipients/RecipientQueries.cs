using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Recipients;

/// <summary>Reads an occurrence's considered customers, a page or the whole stream, and counts them.</summary>
public sealed class RecipientQueries(TenantDatabase database)
{
    public async Task<IReadOnlyList<RecipientLine>> PageAsync(int occurrenceId, RecipientFilter filter, int skip, int most, CancellationToken cancellation = default)
    {
        var lines = new List<RecipientLine>(most);
        await foreach (var line in StreamAsync(occurrenceId, filter, skip, most, cancellation)) lines.Add(line);
        return lines;
    }

    /// <summary>One row in memory at a time.</summary>
    public async IAsyncEnumerable<RecipientLine> StreamAsync(
        int occurrenceId, RecipientFilter filter, int skip = 0, int? most = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("list-recipients.sql"), connection)
        {
            CommandTimeout = most is null ? 0 : 30,
            Parameters =
            {
                new() { Value = occurrenceId }, Text(filter.Customer), Text(filter.Customer is { } start ? start + "\U0010FFFF" : null),
                Text(filter.Fate), Text(filter.Reason), new() { Value = skip },
                new() { Value = most is { } n ? n : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetInt32(4));
        }
    }

    /// <summary>The fates with their reasons, from the rows themselves; those rejected are part of <c>send</c>.</summary>
    public async Task<IReadOnlyList<FateCount>> CountAsync(int occurrenceId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("count-recipients.sql"), connection) { Parameters = { new() { Value = occurrenceId } } };
        var counts = new List<FateCount>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) counts.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)));
        return counts;
    }

    /// <summary>How many rows there are to hand over, and how many of them share a mailbox with another.</summary>
    public async Task<(long ToSend, long Duplicates)> DuplicatesAsync(int occurrenceId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("count-duplicates.sql"), connection) { Parameters = { new() { Value = occurrenceId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

/// <summary>How many of an occurrence's rows have a fate for a reason.</summary>
public sealed record FateCount(string Fate, string? Reason, long Count);
