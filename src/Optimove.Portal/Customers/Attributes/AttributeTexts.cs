using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Reads one customer's attributes as programs read them.</summary>
public sealed class AttributeTexts(AttributeQueries attributes, TenantDatabase database)
{
    /// <summary>Every attribute with its value as text, in the order in which they were made; null for an unknown customer.</summary>
    public async Task<IReadOnlyList<(CustomerAttribute Attribute, string? Value)>?> OfCustomerAsync(string customerId, CancellationToken cancellation)
    {
        var all = await attributes.AllAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"select c.customer_id{string.Concat(all.Select(a => ", " + AttributeText.Sql(a, "c")))} from customers c where c.customer_id = $1", connection)
        {
            Parameters = { new() { Value = customerId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return [.. all.Select((a, i) => (a, reader.IsDBNull(i + 1) ? null : reader.GetString(i + 1)))];
    }
}
