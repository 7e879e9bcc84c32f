using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Executions;

/// <summary>
/// Reads lists by pages that hold their order: list by list, customer by customer. A page that begins where an earlier one ended costs the same wherever
/// it lies, because the end of each is remembered; any other is found by counting.
/// </summary>
public sealed class RecipientPages(TenantDatabase database, TenantContext tenant, PageMarks marks)
{
    /// <param name="parts">In the order in which their people come.</param>
    /// <param name="attributes">Whose values go along, in this order.</param>
    public async IAsyncEnumerable<PagePerson> StreamAsync(
        IEnumerable<ListPart> parts, long skip, long most, IReadOnlyList<CustomerAttribute> attributes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await WalkByKeyAsync(connection, cancellation);
        foreach (var part in parts)
        {
            if (most <= 0) yield break;
            var (from, count) = (skip, Math.Min(most, part.Size - skip));
            skip = Math.Max(0, skip - part.Size);
            if (count <= 0) continue;
            most -= count;
            await foreach (var person in PartAsync(connection, part, from, count, attributes, cancellation)) yield return person;
        }
    }

    private async IAsyncEnumerable<PagePerson> PartAsync(
        NpgsqlConnection connection, ListPart part, long skip, long most, IReadOnlyList<CustomerAttribute> attributes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var place = new PagePlace(tenant.Current.Id, part.Execution.Id, part.IsControl, part.Execution.Occurrence.ListedAt ?? default, skip);
        var after = marks.Find(place);
        var last = "";
        var read = 0L;
        await using var command = new NpgsqlCommand(Sql(part, attributes), connection)
        {
            CommandTimeout = 120,
            Parameters =
            {
                new() { Value = part.Execution.Id }, new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = after is null ? skip : 0 }, new() { Value = most },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var values = attributes.Count == 0 ? [] : new string[attributes.Count];
            for (var i = 0; i < values.Length; i++) values[i] = reader.GetString(i + 1);
            (last, read) = (reader.GetString(0), read + 1);
            yield return new(part, last, values);
        }
        if (read > 0) marks.Set(place with { Skip = skip + read }, last);
    }

    // Left to itself the planner reads and sorts a fresh list as a whole for each page, which took five times as long (250,000 people, pages of 10,000).
    private static async Task WalkByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off; set max_parallel_workers_per_gather = 0", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Sql(ListPart part, IReadOnlyList<CustomerAttribute> attributes) => SqlFile.Read("read-recipient-page.sql")
        .Replace("{people}", part.IsControl ? "chunk is null and reason is null" : "chunk is not null", StringComparison.Ordinal)
        .Replace("{values}", string.Concat(attributes.Select((_, i) => $", coalesce(c.v{i}, '')")), StringComparison.Ordinal)
        // One look-up by key for each person of the page, never a walk through all customers.
        .Replace("{customers}", attributes.Count == 0 ? "" : $"left join lateral (select {string.Join(", ", attributes.Select((a, i) => $"{AttributeText.Sql(a, "x")} as v{i}"))} from customers x where x.customer_id = p.customer_id limit 1) c on true", StringComparison.Ordinal);
}

/// <summary>A person of a list with the values that were asked for, as text.</summary>
public sealed record PagePerson(ListPart Part, string CustomerId, string[] Values);
