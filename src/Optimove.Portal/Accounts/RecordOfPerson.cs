using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts;

/// <summary>Writes what happened to a client person's account into the client's audit log. Staff accounts belong to no client and are logged by the server alone.</summary>
public sealed class RecordOfPerson(IDbContextFactory<PortalDb> databases, InsideTenant tenants, ILogger<RecordOfPerson> log)
{
    /// <param name="action">noun.verb, for example <c>person.signed-in</c>.</param>
    public async Task RunAsync(PortalUser user, string action, CancellationToken cancellation = default)
    {
        log.LogInformation("{Action} by user {UserId}", action, user.Id);
        if (user.TenantId is not { } tenantId) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == tenantId, cancellation);
        await tenants.RunAsync(tenant.ToScope(), ActingPerson.Of(user), async inside =>
        {
            inside.Audit.Record(inside.Db, action, user.FullName);
            await inside.Db.SaveChangesAsync(cancellation);
        }, cancellation);
    }
}
