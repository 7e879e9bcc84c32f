using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts;

/// <summary>
/// The one way for a person into a tenant: people of the client into their own, staff as visitors into those that they may see.
/// Anybody else finds that there is nothing at that address.
/// </summary>
public sealed class TenantDoor(IDbContextFactory<PortalDb> databases, TenantContext context, Actor actor, AccountRules rules, TimeProvider clock)
{
    /// <returns>False where no such tenant exists for this person.</returns>
    public async Task<bool> RunAsync(string slug, ClaimsPrincipal person, CancellationToken cancellation = default)
    {
        if (person.Identity?.IsAuthenticated != true || person.IsStaff && rules.StaffNeedTwoFactor && !person.HasTwoFactor) return false;
        if (context.IsEntered) return context.Current.Slug == slug;
        var (tenant, visit) = await FindAsync(slug, person, cancellation);
        if (tenant is null) return false;
        context.Enter(tenant.ToScope());
        if (person.IsStaff)
        {
            var editing = visit?.EditUntil > clock.GetUtcNow();
            actor.ActAsPerson(person.UserId, person.FullName, ActorKind.Staff, editing, editing, visit?.EditUntil ?? DateTimeOffset.MinValue);
        }
        else
        {
            actor.ActAsPerson(person.UserId, person.FullName, ActorKind.Client, person.Role is UserRole.Marketer or UserRole.ClientAdmin, person.Role is UserRole.ClientAdmin);
        }
        return true;
    }

    private async Task<(Tenant?, Visit?)> FindAsync(string slug, ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, cancellation);
        if (tenant is null) return default;
        if (!person.IsStaff) return person.TenantId == tenant.Id && tenant.SuspendedAt is null ? (tenant, null) : default;
        var userId = person.UserId;
        if (person.Role is not UserRole.StaffAdmin && !await db.CsmAssignments.AnyAsync(a => a.TenantId == tenant.Id && a.UserId == userId, cancellation)) return default;
        var visit = await db.Visits.AsNoTracking().Where(v => v.TenantId == tenant.Id && v.UserId == userId && v.LeftAt == null)
            .OrderByDescending(v => v.EnteredAt).FirstOrDefaultAsync(cancellation);
        return visit is null ? default : (tenant, visit);
    }
}
