using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.People;

/// <summary>Answers who is on the staff.</summary>
public sealed class PeopleQueries(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyList<StaffLine>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().Where(u => u.TenantId == null).OrderBy(u => u.FullName)
            .Select(u => new StaffLine(u.Id, u.FullName, u.Email!, u.Role, u.TwoFactorEnabled, u.PasswordHash != null, u.LastSignInAt, u.DisabledAt,
                (from a in db.CsmAssignments join t in db.Tenants on a.TenantId equals t.Id where a.UserId == u.Id orderby t.Name select t.Name).ToList()))
            .ToListAsync(cancellation);
    }
}

/// <summary>One member of staff.</summary>
public sealed record StaffLine(
    int Id, string Name, string Email, UserRole Role, bool TwoFactor, bool Joined, DateTimeOffset? LastSignInAt, DateTimeOffset? DisabledAt, IReadOnlyList<string> Clients);
