using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>Only a person who is not disabled, and whose client is not suspended, may sign in, whatever the way.</summary>
public sealed class PersonMaySignIn(IDbContextFactory<PortalDb> databases) : IUserConfirmation<PortalUser>
{
    public async Task<bool> IsConfirmedAsync(UserManager<PortalUser> manager, PortalUser user)
    {
        if (user.DisabledAt is not null) return false;
        if (user.TenantId is not { } tenantId) return true;
        await using var db = await databases.CreateDbContextAsync();
        return await db.Tenants.AnyAsync(t => t.Id == tenantId && t.SuspendedAt == null);
    }
}
