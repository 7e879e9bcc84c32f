using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Audience;

/// <summary>Draws customers' identities (addresses, keys) at random, for checks that ask a provider whether it knows them.</summary>
public sealed class CustomerSample(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <returns>At most so many; none while the client's data has no such attribute.</returns>
    public async Task<IReadOnlyList<string>> DrawAsync(IProvider provider, object settings, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (IdentityField.Of(provider, new(settings), await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation)) is not { Column: var column }) return [];
        await using var connection = await database.OpenAsync(cancellation);
        // A page sample is cheap on any size; small tables, where it may hit nothing, are read whole.
        await using var command = new NpgsqlCommand($"""
            select {column}::text from customers tablesample system (case when (select reltuples from pg_class where oid = 'customers'::regclass) > 200000 then 2 else 100 end)
            where {column} is not null order by random() limit $1
            """, connection) { Parameters = { new() { Value = most } } };
        var sample = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) sample.Add(reader.GetString(0));
        return sample;
    }
}
