using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>An attribute with the target groups that ask for it.</summary>
public sealed record AttributeLine(CustomerAttribute Attribute, IReadOnlyList<string> Groups);

/// <summary>Reads attribute definitions for screens.</summary>
public sealed class AttributeQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <summary>All attributes in the order in which they were made.</summary>
    public async Task<IReadOnlyList<AttributeLine>> ListAsync(CancellationToken cancellation)
    {
        var attributes = await AllAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var use = await AttributeUse.ByFieldAsync(connection, cancellation);
        return [.. attributes.Select(a => new AttributeLine(a, use.GetValueOrDefault(a.Field, [])))];
    }

    public async Task<List<CustomerAttribute>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
    }
}
