using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Optimove.Portal.Accounts.Visits;

/// <summary>Ends a member of staff's visit; the client's audit log says so. Safe to run when nobody is in.</summary>
public sealed class LeaveClient(RecordedChange change, TimeProvider clock)
{
    public Task RunAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation = default) =>
        change.RunAsync(slug, ActingPerson.Of(person), async (db, tenant) =>
        {
            var userId = person.UserId;
            var open = await db.Visits.Where(v => v.TenantId == tenant.Id && v.UserId == userId && v.LeftAt == null).ToListAsync(cancellation);
            if (open.Count == 0) return null;
            foreach (var visit in open) visit.LeftAt = clock.GetUtcNow();
            return new("visit.left", person.FullName);
        }, cancellation);
}
