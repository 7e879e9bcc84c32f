using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Data;

namespace Optimove.Portal.Shell.Search;

/// <summary>What a search found, at most ten of each kind.</summary>
/// <param name="CustomerTotal">All customers that fit.</param>
public sealed record Found(IReadOnlyList<CustomerRow> Customers, long CustomerTotal, IReadOnlyList<FoundThing> Campaigns, IReadOnlyList<FoundThing> Groups)
{
    public bool IsEmpty => Customers.Count + Campaigns.Count + Groups.Count == 0;
}

public sealed record FoundThing(int Id, string Name);

/// <summary>Finds customers by the beginning of an id, an address or a name, and campaigns and target groups by any part of their name.</summary>
public sealed class SearchQueries(IDbContextFactory<PortalDb> databases, ExplorerQueries explorer)
{
    private const int Most = 10;

    public async Task<Found> FindAsync(string text, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var customers = await explorer.FindAsync(new(text, PageSize: Most), attributes, [], cancellation);
        var pattern = $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var campaigns = await db.Campaigns.Where(c => c.ArchivedAt == null && EF.Functions.ILike(c.Name, pattern, "\\"))
            .OrderByDescending(c => c.SavedAt).Take(Most).Select(c => new FoundThing(c.Id, c.Name)).ToListAsync(cancellation);
        var groups = await db.TargetGroups.Where(g => g.ArchivedAt == null && EF.Functions.ILike(g.Name, pattern, "\\"))
            .OrderBy(g => g.Name).Take(Most).Select(g => new FoundThing(g.Id, g.Name)).ToListAsync(cancellation);
        return new(customers.Rows, customers.Total, campaigns, groups);
    }
}
