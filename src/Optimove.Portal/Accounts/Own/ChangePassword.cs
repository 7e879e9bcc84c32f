using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.Links;

namespace Optimove.Portal.Accounts.Own;

/// <summary>Changes one's own password, knowing the present one; ends every other session of the account.</summary>
public sealed class ChangePassword(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, RecordOfPerson record)
{
    /// <exception cref="RefusedException">The present password is wrong, or the new one is not good enough.</exception>
    public async Task RunAsync(ClaimsPrincipal person, string present, string wanted, CancellationToken cancellation = default)
    {
        var user = (await users.GetUserAsync(person))!;
        var result = await users.ChangePasswordAsync(user, present, wanted);
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch))) throw new RefusedException("The present password is not right. Nothing was changed.");
        if (!result.Succeeded) throw new RefusedException(result.InWords());
        await signIn.RefreshSignInAsync(user);
        await record.RunAsync(user, "person.password-changed", cancellation);
    }
}
