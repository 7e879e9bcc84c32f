using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>The second step of signing in: the six digits of the authenticator app, or one of the recovery codes, which is then used up.</summary>
public sealed class SignInWithCode(SignInManager<PortalUser> signIn, UserManager<PortalUser> users, SignInPerson first, RecordOfPerson record)
{
    public const string Refusal = "This code is not right. Take the newest one; after five wrong codes the account stays locked for 15 minutes.";

    /// <exception cref="RefusedException">No first step came before, the code is wrong, or the account is locked.</exception>
    public async Task RunAsync(string code, bool recovery, CancellationToken cancellation = default)
    {
        var user = await signIn.GetTwoFactorAuthenticationUserAsync() ?? throw new RefusedException("Too much time has passed. Begin with your password again.");
        if (await users.IsLockedOutAsync(user)) throw new RefusedException(Refusal);
        var plain = code.Replace(" ", "", StringComparison.Ordinal).Trim();
        var result = recovery
            ? await signIn.TwoFactorRecoveryCodeSignInAsync(plain)
            : await signIn.TwoFactorAuthenticatorSignInAsync(plain.Replace("-", "", StringComparison.Ordinal), isPersistent: false, rememberClient: false);
        if (!result.Succeeded)
        {
            if (recovery) await users.AccessFailedAsync(user);
            if (result.IsLockedOut || await users.IsLockedOutAsync(user)) await record.RunAsync(user, "person.locked-out", cancellation);
            throw new RefusedException(Refusal);
        }
        if (recovery) await record.RunAsync(user, "person.recovery-code-used", cancellation);
        await first.WelcomeAsync(user, cancellation);
    }
}
