using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.Mail;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.Links;

/// <summary>Sends a person who has no password yet the single-use link with which they choose one; it is good for seven days.</summary>
public sealed class SendInvitation(UserManager<PortalUser> users, Mailer mailer, PersonalLink link)
{
    /// <param name="to">What the person is invited to, in words: the client's name.</param>
    /// <exception cref="RefusedException">The mail could not be sent.</exception>
    public async Task RunAsync(PortalUser user, string to, CancellationToken cancellation = default)
    {
        var token = await users.GenerateUserTokenAsync(user, InvitationTokens.Provider, InvitationTokens.Purpose);
        await mailer.SendAsync(new(user.Email!, $"Your account at the campaign portal of {to}",
            [$"Hello {user.FullName},", $"an account was made for you at the campaign portal of {to}.", "Choose your password with this link. It works once, within seven days."],
            "Choose a password", link.To(Urls.Invitation, user, token)), cancellation);
    }
}
