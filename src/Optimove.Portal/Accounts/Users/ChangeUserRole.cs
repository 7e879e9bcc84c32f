using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Gives a person of the entered client another role; it takes hold within a minute. One client admin always remains.</summary>
public sealed class ChangeUserRole(IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int userId, UserRole role, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        if (!OwnPeople.Roles.Contains(role)) throw new RefusedException("Choose a role of the client.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await OwnPeople.FindAsync(db, tenant.Current, userId, cancellation);
        if (user.Role == role) return;
        if (user.Role is UserRole.ClientAdmin) await OwnPeople.KeepAnAdminAsync(db, tenant.Current, user, cancellation);
        audit.Record(db, "person.role-changed", user.FullName, new { user.Role }, new { Role = role });
        user.Role = role;
        OwnPeople.EndSessions(user);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
