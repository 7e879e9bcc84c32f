using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Links;

/// <summary>Gives an invited person their password. The link dies with it, because its token is bound to the account as it was before.</summary>
public sealed class AcceptInvitation(UserManager<PortalUser> users, RecordOfPerson record)
{
    public const string Dead = "This link has been used, or it is older than seven days.";

    /// <returns>The e-mail address to sign in with.</returns>
    /// <exception cref="RefusedException">The link is dead, or the password is not good enough.</exception>
    public async Task<string> RunAsync(int personId, string token, string password, CancellationToken cancellation = default)
    {
        var user = await FindAsync(users, personId, token) ?? throw new RefusedException(Dead);
        var result = await users.AddPasswordAsync(user, password);
        if (!result.Succeeded) throw new RefusedException(result.InWords());
        user.EmailConfirmed = true;
        await users.UpdateAsync(user);
        await record.RunAsync(user, "person.joined", cancellation);
        return user.Email!;
    }

    /// <summary>The invited person; null where the link is dead.</summary>
    internal static async Task<PortalUser?> FindAsync(UserManager<PortalUser> users, int personId, string token) =>
        await users.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture)) is { PasswordHash: null, DisabledAt: null } user
        && await users.VerifyUserTokenAsync(user, InvitationTokens.Provider, InvitationTokens.Purpose, token) ? user : null;
}

/// <summary>Says what Identity refused as one sentence.</summary>
internal static class IdentityResultExtensions
{
    public static string InWords(this IdentityResult result) => string.Join(" ", result.Errors.Select(e => e.Description));
}
