using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>Reads what customers did, as partners told it.</summary>
public sealed class InteractionQueries(TenantDatabase database)
{
    /// <summary>Those of an occurrence by customer, then event and day; of one event where it is named.</summary>
    public async IAsyncEnumerable<InteractionLine> OfOccurrenceAsync(int occurrence, int? happened, int skip, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            select occurrence_id, customer_id, event, day, template_number from interactions
            where occurrence_id = $1 and ($2::int is null or event = $2) order by customer_id, event, day, template_number offset $3 limit $4
            """, connection)
        {
            Parameters = { new() { Value = occurrence }, new() { Value = (object?)happened ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, new() { Value = skip }, new() { Value = most } },
        };
        await foreach (var line in ReadAsync(command, cancellation)) yield return line;
    }

    /// <summary>Those of a customer between two days, both included, by day.</summary>
    public async Task<IReadOnlyList<InteractionLine>> OfCustomerAsync(string customer, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            select occurrence_id, customer_id, event, day, template_number from interactions
            where customer_id = $1 and day between $2 and $3 order by day, occurrence_id, event limit 10000
            """, connection)
        {
            Parameters = { new() { Value = customer }, new() { Value = from }, new() { Value = to } },
        };
        var lines = new List<InteractionLine>();
        await foreach (var line in ReadAsync(command, cancellation)) lines.Add(line);
        return lines;
    }

    private static async IAsyncEnumerable<InteractionLine> ReadAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new(reader.GetInt32(0), reader.GetString(1), reader.GetInt16(2), reader.GetFieldValue<DateOnly>(3), reader.GetInt64(4));
    }
}

/// <param name="Event">See <see cref="PartnerMetric"/>.</param>
public sealed record InteractionLine(int OccurrenceId, string CustomerId, int Event, DateOnly Day, long TemplateNumber);
