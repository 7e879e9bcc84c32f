using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Sends a person of the entered client, who has not joined yet, a new link.</summary>
public sealed class ResendInvitation(IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, Audit audit, SendInvitation send, TimeProvider clock)
{
    public async Task RunAsync(int userId, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var user = await OwnPeople.FindAsync(db, tenant.Current, userId, cancellation);
        if (user.PasswordHash is not null) throw new RefusedException($"{user.FullName} has joined already. \"Forgot your password?\" on the sign-in page gives a new password.");
        if (user.DisabledAt is not null) throw new RefusedException($"The account of {user.FullName} is closed. Open it first.");
        await send.RunAsync(user, tenant.Current.Name, cancellation);
        audit.Record(db, "person.invited-again", user.FullName);
        await db.SaveChangesAsync(cancellation);
    }
}
