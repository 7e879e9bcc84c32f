using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Promotions;

/// <summary>Adds promotion codes in one statement; a code that is known is renamed.</summary>
public sealed class AddPromotions(IDbContextFactory<PortalDb> databases, TenantContext tenant, TimeProvider clock)
{
    /// <param name="promotions">Of two with one code the last counts.</param>
    public async Task RunAsync(IReadOnlyList<(string Code, string Name)> promotions, CancellationToken cancellation = default)
    {
        var rows = promotions.GroupBy(p => p.Code, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(p => p.Code, StringComparer.Ordinal).ToList();
        string[] codes = [.. rows.Select(p => p.Code)];
        string[] names = [.. rows.Select(p => p.Name)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            insert into promotions (tenant_id, code, name, added_at)
            select {tenant.Current.Id}, p.code, p.name, {clock.GetUtcNow()} from unnest({codes}, {names}) as p (code, name)
            on conflict (tenant_id, code) do update set name = excluded.name
            """, cancellation);
    }
}
