using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Answers staff's questions about clients: staff admins see all, CSMs those that they look after.</summary>
public sealed class ClientQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The clients by name.</summary>
    public async Task<IReadOnlyList<ClientLine>> ListAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var userId = person.UserId;
        var tenants = await Seen(db, person).OrderBy(t => t.Name).ToListAsync(cancellation);
        var visits = await db.Visits.Where(v => v.UserId == userId).GroupBy(v => v.TenantId)
            .Select(g => new { g.Key, Last = g.Max(v => v.EnteredAt), Open = g.Any(v => v.LeftAt == null) }).ToDictionaryAsync(v => v.Key, cancellation);
        var csms = (await db.CsmAssignments.Join(db.Users, a => a.UserId, u => u.Id, (a, u) => new { a.TenantId, u.FullName }).OrderBy(c => c.FullName).ToListAsync(cancellation))
            .ToLookup(c => c.TenantId, c => c.FullName);
        return [.. tenants.Select(t => new ClientLine(t.ToScope(), t.SuspendedAt, visits.GetValueOrDefault(t.Id)?.Open == true, visits.GetValueOrDefault(t.Id)?.Last, [.. csms[t.Id]]))];
    }

    /// <summary>One client; null where the person does not see it.</summary>
    public async Task<ClientDetails?> GetAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await Seen(db, person).SingleOrDefaultAsync(t => t.Slug == slug, cancellation) is not { } t) return null;
        var csms = await db.Users.Where(u => u.TenantId == null && u.Role == UserRole.CustomerSuccess && u.DisabledAt == null).OrderBy(u => u.FullName)
            .Select(u => new CsmChoice(u.Id, u.FullName, db.CsmAssignments.Any(a => a.TenantId == t.Id && a.UserId == u.Id))).ToListAsync(cancellation);
        var visiting = await VisitedAsync(db, person.UserId, cancellation);
        return new(t.Slug, t.Name, t.TimeZone, t.Currency, t.Kpi, t.NightlyAt, t.CreatedAt, t.SuspendedAt, visiting.Contains(t.Id), csms);
    }

    private static IQueryable<Tenant> Seen(PortalDb db, ClaimsPrincipal person)
    {
        var userId = person.UserId;
        if (!person.IsStaff) throw new RefusedException("Only staff see the list of clients.");
        var all = db.Tenants.AsNoTracking();
        return person.Role is UserRole.StaffAdmin ? all : all.Where(t => db.CsmAssignments.Any(a => a.TenantId == t.Id && a.UserId == userId));
    }

    private static Task<HashSet<int>> VisitedAsync(PortalDb db, int userId, CancellationToken cancellation) =>
        db.Visits.Where(v => v.UserId == userId && v.LeftAt == null).Select(v => v.TenantId).ToHashSetAsync(cancellation);
}
