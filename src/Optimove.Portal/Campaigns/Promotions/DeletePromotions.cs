using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Campaigns.Promotions;

/// <summary>Removes promotion codes; unknown ones are passed over.</summary>
public sealed class DeletePromotions(IDbContextFactory<PortalDb> databases)
{
    public async Task RunAsync(IReadOnlyList<string> codes, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Promotions.Where(p => codes.Contains(p.Code)).ExecuteDeleteAsync(cancellation);
    }
}
