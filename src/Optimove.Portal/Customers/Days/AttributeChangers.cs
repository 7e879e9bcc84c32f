using System.Runtime.CompilerServices;
using Npgsql;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Days;

/// <summary>A customer whose values are others than they were, as texts; null where empty, or where there was no such customer.</summary>
/// <param name="Shown">Other values of now; empty texts where there are none.</param>
public sealed record AttributeChange(string CustomerId, IReadOnlyList<string?> Before, IReadOnlyList<string?> After, string[] Shown);

/// <summary>Compares attributes between two days, page by page in the order of the customers' ids.</summary>
public sealed class AttributeChangers(TenantDatabase database)
{
    /// <param name="changed">A customer is told when one of these differs.</param>
    /// <param name="shown">Whose values of now go along.</param>
    public async IAsyncEnumerable<AttributeChange> StreamAsync(
        (CustomersOfDay Earlier, CustomersOfDay Later) days, IReadOnlyList<CustomerAttribute> changed, IReadOnlyList<CustomerAttribute> shown, (long Skip, long Most) page, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (days.Earlier.Table == days.Later.Table) yield break;
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(await SqlAsync(connection, days, changed, shown, cancellation), connection)
        {
            CommandTimeout = 120, Parameters = { new() { Value = page.Skip }, new() { Value = page.Most } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new(reader.GetString(0), [.. changed.Select((_, i) => Text(i + 1))], [.. changed.Select((_, i) => Text(changed.Count + i + 1))],
                [.. shown.Select((_, i) => Text(2 * changed.Count + i + 1) ?? "")]);
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private static async Task<string> SqlAsync(NpgsqlConnection connection, (CustomersOfDay Earlier, CustomersOfDay Later) days, IReadOnlyList<CustomerAttribute> changed, IReadOnlyList<CustomerAttribute> shown, CancellationToken cancellation)
    {
        var places = Enumerable.Range(0, changed.Count).ToList();
        return SqlFile.Read("read-attribute-changers.sql")
            .Replace("{before}", await OfDayAsync(connection, days.Earlier, changed, cancellation), StringComparison.Ordinal)
            .Replace("{after}", await OfDayAsync(connection, days.Later, changed, cancellation), StringComparison.Ordinal)
            .Replace("{both}", string.Concat(places.Select(i => $", b.v{i} as b{i}").Concat(places.Select(i => $", a.v{i} as a{i}"))), StringComparison.Ordinal)
            .Replace("{differ}", string.Join(" or ", places.Select(i => $"b.v{i} is distinct from a.v{i}")), StringComparison.Ordinal)
            .Replace("{values}", ShownValues.Columns(shown), StringComparison.Ordinal).Replace("{customers}", ShownValues.Join(shown), StringComparison.Ordinal);
    }

    private static async Task<string> OfDayAsync(NpgsqlConnection connection, CustomersOfDay day, IReadOnlyList<CustomerAttribute> changed, CancellationToken cancellation)
    {
        var columns = await AttributeColumns.SelectAsync(connection, day.Table, changed.DistinctBy(a => a.Id), cancellation);
        return $"select customer_id{string.Concat(changed.Select((a, i) => $", {AttributeText.Sql(a, "x")} as v{i}"))} from (select {columns} from {day.Table}) x";
    }
}
