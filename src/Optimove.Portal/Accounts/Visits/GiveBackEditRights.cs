using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Optimove.Portal.Accounts.Visits;

/// <summary>Ends a visiting member of staff's edit rights before their time; they may go on looking.</summary>
public sealed class GiveBackEditRights(RecordedChange change, TimeProvider clock)
{
    public Task RunAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation = default) =>
        change.RunAsync(slug, ActingPerson.Of(person), async (db, tenant) =>
        {
            var (userId, now) = (person.UserId, clock.GetUtcNow());
            var visits = await db.Visits.Where(v => v.TenantId == tenant.Id && v.UserId == userId && v.LeftAt == null && v.EditUntil > now).ToListAsync(cancellation);
            if (visits.Count == 0) return null;
            foreach (var visit in visits) visit.EditUntil = null;
            return new("visit.edit-rights-given-back", person.FullName);
        }, cancellation);
}
