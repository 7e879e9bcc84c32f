using System.Runtime.CompilerServices;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Streams an occurrence's chunks from the database, one chunk in memory at a time.</summary>
public sealed class RecipientStream(TenantDatabase database)
{
    /// <param name="settled">Chunks that were accepted before.</param>
    public async IAsyncEnumerable<RecipientChunk> ReadAsync(int occurrenceId, int[] settled, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("read-recipients.sql"), connection)
        {
            CommandTimeout = 0, Parameters = { new() { Value = occurrenceId }, new() { Value = settled } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (number, people) = (0, new List<Recipient>());
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt32(0) != number)
            {
                if (people.Count > 0) yield return new(number, people);
                (number, people) = (reader.GetInt32(0), new(people.Count));
            }
            people.Add(new(reader.GetString(1), reader.GetString(2)));
        }
        if (people.Count > 0) yield return new(number, people);
    }
}
