using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.Visits;

/// <summary>Answers where a member of staff is visiting. Asks as the front door, in a scope of its own, because a tenant's role sees only its own visits.</summary>
public sealed class VisitQueries(IServiceScopeFactory scopes)
{
    /// <summary>The clients that the person is in, the latest entered first.</summary>
    public async Task<IReadOnlyList<OpenVisit>> OpenAsync(int userId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        return await (from visit in db.Visits
                      join tenant in db.Tenants on visit.TenantId equals tenant.Id
                      where visit.UserId == userId && visit.LeftAt == null
                      orderby visit.EnteredAt descending
                      select new OpenVisit(tenant.Slug, tenant.Name)).Take(12).ToListAsync(cancellation);
    }
}

/// <summary>A client that a member of staff is in.</summary>
public sealed record OpenVisit(string Slug, string Name);
