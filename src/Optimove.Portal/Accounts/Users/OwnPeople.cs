using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Finds and guards the people of the entered client, for those who change them.</summary>
internal static class OwnPeople
{
    public static readonly IReadOnlyList<UserRole> Roles = [UserRole.Marketer, UserRole.MarketerReadOnly, UserRole.ClientAdmin];

    public static async Task<PortalUser> FindAsync(PortalDb db, TenantScope tenant, int userId, CancellationToken cancellation) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.TenantId == tenant.Id, cancellation) ?? throw new RefusedException("This person is no longer there.");

    /// <summary>Refuses when nobody else could administrate. Locks the admins, so that two of them cannot remove each other at the same moment.</summary>
    public static async Task KeepAnAdminAsync(PortalDb db, TenantScope tenant, PortalUser without, CancellationToken cancellation)
    {
        var admins = await db.Users.FromSql($"select * from users where tenant_id = {tenant.Id} and role = 'ClientAdmin' order by id for update").AsNoTracking().ToListAsync(cancellation);
        if (!admins.Any(a => a.Id != without.Id && a.DisabledAt is null && a.PasswordHash is not null))
            throw new RefusedException($"{without.FullName} is the last client admin who can sign in. Make somebody else client admin first.");
    }

    /// <summary>Ends the person's sessions within a minute, so that a new role or a closed account takes hold.</summary>
    public static void EndSessions(PortalUser user) => (user.SecurityStamp, user.ConcurrencyStamp) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
}
