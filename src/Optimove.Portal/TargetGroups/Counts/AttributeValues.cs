using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Counts;

/// <summary>Answers which values a text attribute has most often; asked once for each data date.</summary>
public sealed class AttributeValues(TenantRules rules, TenantDatabase database, TenantContext tenant, IMemoryCache cache)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Kept = TimeSpan.FromHours(6);

    /// <summary>At most twenty, the most frequent first; none where hardly any value comes twice or the answer takes too long.</summary>
    public async Task<IReadOnlyList<FrequentValue>> MostFrequentAsync(string field, CancellationToken cancellation = default)
    {
        var context = await rules.GetAsync(cancellation);
        var column = context.Catalogue.Attribute(field)?.Field ?? throw new ArgumentException($"There is no attribute {field}.", nameof(field));
        var key = (nameof(AttributeValues), tenant.Current.Id, column, context.DataDate);
        if (cache.TryGetValue(key, out IReadOnlyList<FrequentValue>? known)) return known!;
        return cache.Set(key, await ReadAsync(column, cancellation), Kept);
    }

    private async Task<IReadOnlyList<FrequentValue>> ReadAsync(string column, CancellationToken cancellation)
    {
        try
        {
            return await WaitedRead.ReadAsync(database, connection => ReadAsync(connection, column, cancellation), cancellation, Patience);
        }
        catch (RefusedException)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<FrequentValue>> ReadAsync(NpgsqlConnection connection, string column, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select "{column}", count(*) from customers where "{column}" <> '' group by 1 having count(*) > 1 order by 2 desc, 1 limit 20
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var values = new List<FrequentValue>();
        while (await reader.ReadAsync(cancellation)) values.Add(new(reader.GetString(0), reader.GetInt64(1)));
        return values;
    }
}

/// <summary>A value and how many customers have it.</summary>
public sealed record FrequentValue(string Value, long Customers);
