using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.People;

/// <summary>Closes a staff account, ending its sessions and visits within a minute, or opens it again; staff admins only, and not their own.</summary>
public sealed class SetStaffAccess(IDbContextFactory<PortalDb> databases, TimeProvider clock, ILogger<SetStaffAccess> log)
{
    public async Task RunAsync(ClaimsPrincipal person, int userId, bool open, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        if (userId == person.UserId) throw new RefusedException("You cannot close your own account. Another staff admin can.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.TenantId == null, cancellation) ?? throw new RefusedException("This account is no longer there.");
        user.DisabledAt = open ? null : clock.GetUtcNow();
        user.SecurityStamp = Guid.NewGuid().ToString();
        if (!open)
        {
            foreach (var visit in await db.Visits.Where(v => v.UserId == userId && v.LeftAt == null).ToListAsync(cancellation)) visit.LeftAt = clock.GetUtcNow();
        }
        await db.SaveChangesAsync(cancellation);
        log.LogInformation("Staff user {UserId} {Deed} by user {By}", userId, open ? "opened" : "closed", person.UserId);
    }
}
