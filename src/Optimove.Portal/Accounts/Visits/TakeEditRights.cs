using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Optimove.Portal.Accounts.Visits;

/// <summary>Lets a visiting member of staff change things for two hours; the client's audit log says so.</summary>
public sealed class TakeEditRights(RecordedChange change, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(2);

    /// <exception cref="RefusedException">The person is not in this client.</exception>
    public Task RunAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation = default) =>
        change.RunAsync(slug, ActingPerson.Of(person), async (db, tenant) =>
        {
            var userId = person.UserId;
            var visit = await db.Visits.Where(v => v.TenantId == tenant.Id && v.UserId == userId && v.LeftAt == null).OrderByDescending(v => v.EnteredAt).FirstOrDefaultAsync(cancellation)
                ?? throw new RefusedException("You are not visiting this client. Enter it first.");
            visit.EditUntil = clock.GetUtcNow() + Lasts;
            return new("visit.edit-rights-taken", person.FullName, After: new { visit.EditUntil });
        }, cancellation);
}
