using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Closes the account of a person of the entered client, ending their sessions within a minute, or opens it again. One client admin always remains.</summary>
public sealed class SetUserAccess(IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int userId, bool open, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await OwnPeople.FindAsync(db, tenant.Current, userId, cancellation);
        if (user.DisabledAt is null == open) return;
        if (!open && user.Role is UserRole.ClientAdmin) await OwnPeople.KeepAnAdminAsync(db, tenant.Current, user, cancellation);
        user.DisabledAt = open ? null : clock.GetUtcNow();
        OwnPeople.EndSessions(user);
        audit.Record(db, open ? "person.opened" : "person.closed", user.FullName);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
