using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Users;

/// <summary>Invites a person to the entered client. The account stays even when the mail does not go out, and the invitation can be sent again.</summary>
public sealed class InviteUser(IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, Audit audit, SendInvitation send, TimeProvider clock)
{
    /// <exception cref="RefusedException">Something is missing, the address is taken, or the mail did not go out.</exception>
    public async Task RunAsync(string name, string email, UserRole role, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        if (!OwnPeople.Roles.Contains(role)) throw new RefusedException("Choose a role of the client.");
        if (name.Trim().Length is 0 or > 120 || !ClientRules.IsEmail(email)) throw new RefusedException("Enter a name and an e-mail address.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var user = NewPerson.Make(name, email, role, tenant.Current.Id, clock.GetUtcNow());
        db.Users.Add(user);
        audit.Record(db, "person.invited", user.FullName, after: new { user.Email, user.Role });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (NewPerson.IsTaken(e))
        {
            throw new RefusedException(NewPerson.Taken);
        }
        await send.RunAsync(user, tenant.Current.Name, cancellation);
    }
}
