using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Campaigns.Promotions;

/// <summary>Reads the client's promotion codes.</summary>
public sealed class PromotionQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>All of them, by code.</summary>
    public async Task<IReadOnlyList<Promotion>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Promotions.AsNoTracking().OrderBy(p => p.Code).ToListAsync(cancellation);
    }
}
