using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Optimove.Portal.Accounts.Visits;

/// <summary>Lets a member of staff into a client that they look after, to look and not to change; the client's audit log says so. Whoever is in already stays in.</summary>
public sealed class EnterClient(RecordedChange change, TimeProvider clock)
{
    /// <exception cref="RefusedException">The person is not of the staff, or does not look after this client.</exception>
    public Task RunAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation = default) =>
        change.RunAsync(slug, ActingPerson.Of(person), async (db, tenant) =>
        {
            var userId = person.UserId;
            if (!person.IsStaff || person.Role is not UserRole.StaffAdmin && !await db.CsmAssignments.AnyAsync(a => a.TenantId == tenant.Id && a.UserId == userId, cancellation))
                throw new RefusedException("You do not look after this client. A staff admin can assign you.");
            if (await db.Visits.AnyAsync(v => v.TenantId == tenant.Id && v.UserId == userId && v.LeftAt == null, cancellation)) return null;
            db.Visits.Add(new() { TenantId = tenant.Id, UserId = userId, EnteredAt = clock.GetUtcNow() });
            return new("visit.entered", person.FullName);
        }, cancellation);
}
