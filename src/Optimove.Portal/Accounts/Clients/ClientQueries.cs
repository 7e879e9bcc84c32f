using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Answers staff's questions about clients: staff admins see all, CSMs those that they look after.</summary>
public sealed class ClientQueries(IDbContextFactory<PortalDb> databases, InsideTenant inside, TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <summary>The clients, those who need help first. Each is asked in its own database role, one after the other.</summary>
    public async Task<IReadOnlyList<ClientLine>> ListAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tenants = await Seen(db, person).OrderBy(t => t.Name).ToListAsync(cancellation);
        var visiting = await VisitedAsync(db, person.UserId, cancellation);
        var lines = new List<ClientLine>(tenants.Count);
        foreach (var tenant in tenants) lines.Add(await LineAsync(tenant, visiting.Contains(tenant.Id), person, cancellation));
        return [.. lines.OrderByDescending(l => l.Need).ThenBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase)];
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

    private async Task<ClientLine> LineAsync(Tenant tenant, bool visiting, ClaimsPrincipal person, CancellationToken cancellation)
    {
        ClientLine? line = null;
        var now = clock.GetUtcNow();
        await inside.RunAsync(tenant.ToScope(), ActingPerson.Of(person), async work =>
        {
            await using var connection = await work.Sql.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(SqlFile.Read("read-client-health.sql"), connection) { Parameters = { new() { Value = now - Recent } } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            var date = await reader.IsDBNullAsync(0, cancellation) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(0);
            line = new(tenant.Slug, tenant.Name, tenant.TimeZone, tenant.SuspendedAt, visiting, date, date is { } d ? tenant.ToScope().DayOf(now).DayNumber - d.DayNumber : null,
                reader.GetBoolean(1), (int)reader.GetInt64(2), (int)reader.GetInt64(3), (int)reader.GetInt64(4), (int)reader.GetInt64(5));
        }, cancellation);
        return line!;
    }
}
