using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Answers who belongs to the entered client.</summary>
public sealed class UserQueries(IDbContextFactory<PortalDb> databases, TenantContext tenant)
{
    public async Task<IReadOnlyList<UserLine>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tenantId = tenant.Current.Id;
        return await db.Users.AsNoTracking().Where(u => u.TenantId == tenantId).OrderBy(u => u.FullName)
            .Select(u => new UserLine(u.Id, u.FullName, u.Email!, u.Role, u.TwoFactorEnabled, u.PasswordHash != null, u.LastSignInAt, u.DisabledAt)).ToListAsync(cancellation);
    }
}

/// <summary>One person of a client.</summary>
public sealed record UserLine(int Id, string Name, string Email, UserRole Role, bool TwoFactor, bool Joined, DateTimeOffset? LastSignInAt, DateTimeOffset? DisabledAt);
