using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Calls;

/// <summary>Removes calls and callbacks after 30 days, and tokens and rotated keys that no longer work. Running it again changes nothing.</summary>
public sealed class TidyCalls(IDbContextFactory<PortalDb> databases, TenantContext tenant, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var tenantId = tenant.Current.Id;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.ApiCalls.Where(c => c.At < now - Kept).ExecuteDeleteAsync(cancellation);
        await db.ApiCallbacks.Where(c => c.NextTryAt == null && c.CreatedAt < now - Kept).ExecuteDeleteAsync(cancellation);
        await db.ApiSecrets.Where(s => s.TenantId == tenantId && s.EndsAt < now).ExecuteDeleteAsync(cancellation);
    }
}
