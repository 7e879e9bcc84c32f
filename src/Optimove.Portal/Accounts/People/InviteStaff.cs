using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Data;

namespace Optimove.Portal.Accounts.People;

/// <summary>Invites a member of staff; staff admins only. The account stays even when the mail does not go out, and the invitation can be sent again.</summary>
public sealed class InviteStaff(IDbContextFactory<PortalDb> databases, SendInvitation send, TimeProvider clock, ILogger<InviteStaff> log)
{
    /// <exception cref="RefusedException">Something is missing, the address is taken, or the mail did not go out.</exception>
    public async Task RunAsync(ClaimsPrincipal person, string name, string email, UserRole role, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        if (role is not (UserRole.CustomerSuccess or UserRole.StaffAdmin)) throw new RefusedException("Choose a role of the staff.");
        if (name.Trim().Length is 0 or > 120 || !ClientRules.IsEmail(email)) throw new RefusedException("Enter a name and an e-mail address.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var user = NewPerson.Make(name, email, role, null, clock.GetUtcNow());
        db.Users.Add(user);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (NewPerson.IsTaken(e))
        {
            throw new RefusedException(NewPerson.Taken);
        }
        log.LogInformation("Staff user {UserId} invited as {Role} by user {By}", user.Id, role, person.UserId);
        await send.RunAsync(user, "Optimove", cancellation);
    }
}
