using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tenancy;

/// <summary>Runs work for every active tenant in turn, each in a scope of its own; a tenant whose work fails does not keep the others waiting.</summary>
public sealed class ForEachTenant(IServiceScopeFactory scopes, ILogger<ForEachTenant> log)
{
    /// <param name="job">Name of the job, as audit logs show it.</param>
    public async Task RunAsync(string job, Func<IServiceProvider, CancellationToken, Task> work, CancellationToken cancellation)
    {
        foreach (var tenant in await ActiveAsync(cancellation))
        {
            using var _ = log.BeginScope(new Dictionary<string, object> { ["tenant"] = tenant.Id, ["job"] = job });
            try
            {
                await InScopeAsync(tenant, job, work, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                log.LogError(e, "{Job} failed for tenant {Tenant}; it is tried again at its next turn", job, tenant.Slug);
            }
        }
    }

    /// <summary>Runs work inside one tenant, in a scope of its own.</summary>
    public async Task InScopeAsync(TenantScope tenant, string job, Func<IServiceProvider, CancellationToken, Task> work, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsJob(job);
        await work(scope.ServiceProvider, cancellation);
    }

    private async Task<List<TenantScope>> ActiveAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        var tenants = await db.Tenants.AsNoTracking().Where(t => t.SuspendedAt == null).OrderBy(t => t.Id).ToListAsync(cancellation);
        return [.. tenants.Select(t => t.ToScope())];
    }
}
