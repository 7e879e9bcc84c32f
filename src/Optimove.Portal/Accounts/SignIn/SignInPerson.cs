using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>
/// Signs a person in by e-mail and password. Whether the address is unknown, the password wrong, the account locked or closed: the
/// answer is the same sentence after the same work, so that nobody learns from it who has an account.
/// </summary>
public sealed class SignInPerson(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, RecordOfPerson record, TimeProvider clock)
{
    public const string Refusal = "The e-mail and the password do not match. After five wrong passwords in a row an account stays locked for 15 minutes.";
    private static readonly string NobodysHash = new PasswordHasher<PortalUser>().HashPassword(new() { FullName = "" }, Guid.NewGuid().ToString());

    /// <returns>True when a second step is needed before the person is in.</returns>
    /// <exception cref="RefusedException">The person may not come in, or not with this password.</exception>
    public async Task<bool> RunAsync(string email, string password, CancellationToken cancellation = default)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        var hash = user?.PasswordHash;
        var matches = users.PasswordHasher.VerifyHashedPassword(user!, hash ?? NobodysHash, password) != PasswordVerificationResult.Failed && hash is not null;
        if (user is null || await users.IsLockedOutAsync(user)) throw new RefusedException(Refusal);
        if (!matches)
        {
            await users.AccessFailedAsync(user);
            if (await users.IsLockedOutAsync(user)) await record.RunAsync(user, "person.locked-out", cancellation);
            throw new RefusedException(Refusal);
        }
        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: false);
        if (result.RequiresTwoFactor) return true;
        if (!result.Succeeded) throw new RefusedException(Refusal);
        await WelcomeAsync(user, cancellation);
        return false;
    }

    /// <summary>What every finished sign-in leaves behind: its time on the account and a line in the client's audit log.</summary>
    internal async Task WelcomeAsync(PortalUser user, CancellationToken cancellation)
    {
        user.LastSignInAt = clock.GetUtcNow();
        await users.UpdateAsync(user);
        await record.RunAsync(user, "person.signed-in", cancellation);
    }
}
