using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Own;

/// <summary>Turns two-factor sign-in on once the app has shown that it knows the secret. Returns ten recovery codes, shown this once.</summary>
public sealed class TurnOnTwoFactor(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, RecordOfPerson record)
{
    internal const int Codes = 10;

    /// <exception cref="RefusedException">The code is not the app's.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(ClaimsPrincipal person, string code, CancellationToken cancellation = default)
    {
        var user = (await users.GetUserAsync(person))!;
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, digits))
            throw new RefusedException("This is not the code that the app shows for this key. Take the newest one; the clock of the phone must be right.");
        await users.SetTwoFactorEnabledAsync(user, true);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes);
        await signIn.RefreshSignInAsync(user);
        await record.RunAsync(user, "person.two-factor-on", cancellation);
        return [.. codes!];
    }
}
