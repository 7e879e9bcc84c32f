using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>Reads what customers did, as partners told it.</summary>
public sealed class InteractionQueries(TenantDatabase database)
{
    private const string OfOccurrence = """
        select occurrence_id, false, customer_id, event, day, template_number from interactions
        where occurrence_id = $1 and ($2::int is null or event = $2) order by customer_id, event, day, template_number offset $3 limit $4
        """;
    private const string OfTriggered = """
        select campaign_id, true, customer_id, event, day, template_number from triggered_interactions
        where campaign_id = $1 and ($2::int is null or event = $2) order by customer_id, event, day, template_number offset $3 limit $4
        """;

    /// <summary>Those of a campaign by customer, then event and day; of one event where it is named.</summary>
    /// <param name="campaign">The occurrence, or the triggered campaign.</param>
    public async IAsyncEnumerable<InteractionLine> OfCampaignAsync(int campaign, bool isTriggered, int? happened, int skip, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(isTriggered ? OfTriggered : OfOccurrence, connection)
        {
            Parameters = { new() { Value = campaign }, new() { Value = (object?)happened ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, new() { Value = skip }, new() { Value = most } },
        };
        await foreach (var line in ReadAsync(command, cancellation)) yield return line;
    }

    /// <summary>Those of a customer between two days, both included, by day.</summary>
    public async Task<IReadOnlyList<InteractionLine>> OfCustomerAsync(string customer, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            select occurrence_id, false, customer_id, event, day, template_number from interactions where customer_id = $1 and day between $2 and $3
            union all
            select campaign_id, true, customer_id, event, day, template_number from triggered_interactions where customer_id = $1 and day between $2 and $3
            order by 5, 2, 1, 4 limit 10000
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
            yield return new(reader.GetInt32(0), reader.GetBoolean(1), reader.GetString(2), reader.GetInt16(3), reader.GetFieldValue<DateOnly>(4), reader.GetInt64(5));
    }
}

/// <param name="CampaignId">The occurrence, or the triggered campaign.</param>
/// <param name="Event">See <see cref="PartnerMetric"/>.</param>
public sealed record InteractionLine(int CampaignId, bool IsTriggered, string CustomerId, int Event, DateOnly Day, long TemplateNumber);
