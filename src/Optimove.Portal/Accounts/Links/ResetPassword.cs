using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Links;

/// <summary>Sets a new password by a mailed link, which dies with it; ends a lock and every session of the account.</summary>
public sealed class ResetPassword(UserManager<PortalUser> users, IUserConfirmation<PortalUser> may, RecordOfPerson record)
{
    public const string Dead = "This link has been used, or it is older than two hours.";

    /// <exception cref="RefusedException">The link is dead, or the password is not good enough.</exception>
    public async Task RunAsync(int personId, string token, string password, CancellationToken cancellation = default)
    {
        var user = await users.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture));
        if (user is null || !await may.IsConfirmedAsync(users, user)) throw new RefusedException(Dead);
        var result = await users.ResetPasswordAsync(user, token, password);
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken))) throw new RefusedException(Dead);
        if (!result.Succeeded) throw new RefusedException(result.InWords());
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await record.RunAsync(user, "person.password-reset", cancellation);
    }
}
