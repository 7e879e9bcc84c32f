using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Streams an occurrence's chunks from the database, one chunk in memory at a time, with the values that go along.</summary>
public sealed class RecipientStream(TenantDatabase database, IDbContextFactory<PortalDb> databases)
{
    /// <param name="settled">Chunks that were accepted before.</param>
    /// <param name="fields">Real field names of the attributes whose values go along.</param>
    /// <exception cref="RefusedException">The client's data has no such field.</exception>
    public IAsyncEnumerable<RecipientChunk> ReadAsync(Occurrence o, ProviderInfo provider, int[] settled, IReadOnlyList<string> fields, CancellationToken cancellation = default) =>
        ReadAsync(new RecipientRows("recipients", o.Id, o.ToSend), provider, settled, fields, cancellation);

    internal async IAsyncEnumerable<RecipientChunk> ReadAsync(RecipientRows rows, ProviderInfo provider, int[] settled, IReadOnlyList<string> fields, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (columns, join) = await ColumnsAsync(fields, cancellation);
        // Between two chunks of a paced hand-over lie seconds: each is read by itself, so that no statement stays open for an hour.
        var parts = provider.Pace is null ? [null] : Enumerable.Range(1, (rows.ToSend + provider.ChunkSize - 1) / provider.ChunkSize).Except(settled).Select(n => (int?)n);
        foreach (var only in parts)
            await foreach (var chunk in ReadAsync(rows, only, settled, (columns, join, fields.Count, provider.ChunkSize), cancellation))
                yield return chunk;
    }

    private async IAsyncEnumerable<RecipientChunk> ReadAsync(RecipientRows rows, int? only, int[] settled, (string Columns, string Join, int Fields, int Size) how, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var own = rows.On is null ? await database.OpenAsync(cancellation) : null;
        var connection = rows.On ?? own!;
        var sql = SqlFile.Read("read-recipients.sql").Replace("{table}", rows.Table, StringComparison.Ordinal).Replace("{columns}", how.Columns, StringComparison.Ordinal).Replace("{join}", how.Join, StringComparison.Ordinal);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = rows.OccurrenceId }, new() { Value = settled }, new() { Value = only is { } one ? one : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (number, people) = (0, new List<Recipient>());
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt32(0) != number || people.Count == how.Size)
            {
                if (people.Count > 0) yield return new(number, people);
                (number, people) = (reader.GetInt32(0), new(people.Count));
            }
            people.Add(new(reader.GetString(1), reader.GetString(2), how.Fields == 0 ? null : Values(reader, how.Fields)));
        }
        if (people.Count > 0) yield return new(number, people);
    }

    private static string?[] Values(NpgsqlDataReader reader, int count)
    {
        var values = new string?[count];
        for (var i = 0; i < count; i++) values[i] = reader.IsDBNull(3 + i) ? null : reader.GetString(3 + i);
        return values;
    }

    private async Task<(string Columns, string Join)> ColumnsAsync(IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        if (fields.Count == 0) return ("", "");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var known = (await db.CustomerAttributes.Select(a => a.Field).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        if (fields.FirstOrDefault(f => f != "customer_id" && !known.Contains(f)) is { } missing)
            throw new RefusedException($"The connection's settings name the field {missing}, and the client's data has none. Correct the settings, or import the field.");
        return (string.Concat(fields.Select(f => $", c.\"{f}\"::text")), "left join customers c on c.customer_id = r.customer_id");
    }
}

/// <summary>Where the rows of a list lie.</summary>
/// <param name="Table">Its checked name.</param>
/// <param name="On">The one connection that sees the table; null where every connection does.</param>
internal sealed record RecipientRows(string Table, int OccurrenceId, int ToSend, NpgsqlConnection? On = null);
