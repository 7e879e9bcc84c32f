using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Sets who looks after a client. A CSM who no longer does leaves at once, should they be inside.</summary>
public sealed class AssignCsms(RecordedChange change, TimeProvider clock)
{
    /// <exception cref="RefusedException">One of them is no customer success manager, or the person is no staff admin.</exception>
    public async Task RunAsync(ClaimsPrincipal person, string slug, IReadOnlyCollection<int> userIds, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        await change.RunAsync(slug, ActingPerson.Of(person), async (db, tenant) =>
        {
            var csms = await db.Users.Where(u => u.TenantId == null && u.Role == UserRole.CustomerSuccess).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
            if (userIds.Any(id => !csms.ContainsKey(id))) throw new RefusedException("Only customer success managers can look after a client.");
            var now = await db.CsmAssignments.Where(a => a.TenantId == tenant.Id).ToListAsync(cancellation);
            var gone = now.Where(a => !userIds.Contains(a.UserId)).ToList();
            var come = userIds.Except(now.Select(a => a.UserId)).ToList();
            if (gone.Count + come.Count == 0) return null;
            db.CsmAssignments.RemoveRange(gone);
            db.CsmAssignments.AddRange(come.Select(id => new CsmAssignment { TenantId = tenant.Id, UserId = id }));
            var left = gone.Select(a => a.UserId).ToList();
            foreach (var visit in await db.Visits.Where(v => v.TenantId == tenant.Id && left.Contains(v.UserId) && v.LeftAt == null).ToListAsync(cancellation)) visit.LeftAt = clock.GetUtcNow();
            return new("client.csms-assigned", tenant.Name, Names(now.Select(a => a.UserId), csms), Names(userIds, csms));
        }, cancellation);
    }

    private static object Names(IEnumerable<int> ids, Dictionary<int, string> csms) =>
        new { Csms = string.Join(", ", ids.Select(id => csms.GetValueOrDefault(id, "a former CSM")).Order(StringComparer.CurrentCulture)) };
}
