using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.Links;

/// <summary>Sends a new invitation to the address of an account whose link has run out. Does nothing for anybody else, and never says which.</summary>
public sealed class RenewInvitation(IDbContextFactory<PortalDb> databases, SendInvitation send, ILogger<RenewInvitation> log)
{
    public async Task RunAsync(int personId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == personId && u.PasswordHash == null && u.DisabledAt == null, cancellation);
        if (user is null) return;
        var tenant = await db.Tenants.Where(t => t.Id == user.TenantId).Select(t => t.Name).SingleOrDefaultAsync(cancellation);
        try
        {
            await send.RunAsync(user, tenant ?? "Optimove", cancellation);
        }
        catch (RefusedException e)
        {
            log.LogError("The new invitation for user {UserId} did not go out: {Reason}", personId, e.Message);
        }
    }
}
