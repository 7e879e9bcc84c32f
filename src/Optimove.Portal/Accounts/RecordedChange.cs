using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts;

/// <summary>
/// Changes what staff keep about a client and writes the line in that client's audit log, in one transaction: first as the front door,
/// which may change the client's row, then in the client's own database role, which alone may write its log.
/// </summary>
public sealed class RecordedChange(IServiceScopeFactory scopes)
{
    /// <param name="change">Changes the tracked client or rows about it; null means that nothing was to be done.</param>
    /// <exception cref="RefusedException">There is no such client, or the change refuses.</exception>
    public async Task RunAsync(string slug, ActingPerson person, Func<PortalDb, Tenant, Task<RecordLine?>> change, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var tenant = await db.Tenants.SingleOrDefaultAsync(t => t.Slug == slug, cancellation) ?? throw new RefusedException("There is no client at this address.");
        if (await change(db, tenant) is not { } line) return;
        await db.SaveChangesAsync(cancellation);
        services.GetRequiredService<TenantContext>().Enter(tenant.ToScope());
        person.Take(services.GetRequiredService<Actor>());
        await TenantDatabase.TakeRoleAsync(db.Database.GetDbConnection(), tenant.ToScope(), cancellation);
        services.GetRequiredService<Audit>().Record(db, line.Action, line.Subject, line.Before, line.After);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <summary>A line of the audit log: noun.verb, what it was done to, and the configuration before and after.</summary>
public sealed record RecordLine(string Action, string Subject, object? Before = null, object? After = null);
