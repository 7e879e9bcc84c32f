using System.Globalization;
using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>Searches the customers for the explorer, a page at a time.</summary>
public sealed class ExplorerQueries(TenantDatabase database, CustomerCounts counts, TenantContext tenant, TimeProvider clock)
{
    /// <param name="attributes">All attributes of the tenant.</param>
    /// <param name="shown">Those whose values are read.</param>
    public async Task<CustomersFound> FindAsync(CustomerSearch search, IReadOnlyList<CustomerAttribute> attributes, IReadOnlyList<CustomerAttribute> shown, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        CustomerAttribute[] names = [.. attributes.Where(a => a.Purpose is AttributePurpose.FirstName or AttributePurpose.LastName).OrderBy(a => a.Purpose)];
        await using var connection = await database.OpenAsync(cancellation);
        var total = await CountAsync(connection, search, attributes, cancellation);
        var rows = total == 0 ? [] : await RowsAsync(new ExplorerSql(search, attributes).Page(connection, shown.Concat(names), total), shown.Count, names.Length, cancellation);
        var took = clock.GetElapsedTime(began);
        var more = rows.Count > search.PageSize;
        if (more) rows.RemoveAt(search.PageSize);
        if (search.Before is not null) rows.Reverse();
        return new(rows, total, search.Before is not null ? more : search.After is not null, search.Before is not null || more, took);
    }

    private static async Task<List<CustomerRow>> RowsAsync(NpgsqlCommand query, int shown, int names, CancellationToken cancellation)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<CustomerRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var name = string.Join(' ', Enumerable.Range(1 + shown, names).Select(i => AttributeValues.Read(reader, i)).OfType<string>());
            rows.Add(new(reader.GetString(0), name.Length == 0 ? null : name, [.. Enumerable.Range(1, shown).Select(i => AttributeValues.Read(reader, i))]));
        }
        return rows;
    }

    private async Task<long> CountAsync(NpgsqlConnection connection, CustomerSearch search, IReadOnlyList<CustomerAttribute> attributes, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand("select to_regclass('customers')::oid::bigint", connection);
        var version = (long)(await ask.ExecuteScalarAsync(cancellation))!;
        var key = string.Create(CultureInfo.InvariantCulture, $"{tenant.Current.Id}|{version}|{search.Filter?.Attribute.Field}|{search.Filter?.By}|{search.Filter?.Value}|{search.Text?.Trim()}");
        return await counts.GetAsync(key, async () =>
        {
            await using var command = new ExplorerSql(search, attributes).Count(connection);
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        });
    }
}
