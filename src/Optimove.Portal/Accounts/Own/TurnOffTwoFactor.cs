using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Own;

/// <summary>Turns two-factor sign-in off and forgets its secret, knowing the password. Staff cannot where it is required.</summary>
public sealed class TurnOffTwoFactor(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, AccountRules rules, RecordOfPerson record)
{
    /// <exception cref="RefusedException">The password is wrong, or staff need it.</exception>
    public async Task RunAsync(ClaimsPrincipal person, string password, CancellationToken cancellation = default)
    {
        var user = (await users.GetUserAsync(person))!;
        if (user.TenantId is null && rules.StaffNeedTwoFactor) throw new RefusedException("Staff sign in with two factors. It cannot be turned off.");
        if (!await users.CheckPasswordAsync(user, password)) throw new RefusedException("The password is not right. Two-factor sign-in stays on.");
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        await record.RunAsync(user, "person.two-factor-off", cancellation);
    }
}
