using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.Mail;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.Links;

/// <summary>
/// Sends a single-use link for a new password, good for two hours, to an address that has an account. The caller cannot tell whether it
/// has: the answer is the same, and comes before the mail is sent.
/// </summary>
public sealed class RequestPasswordReset(UserManager<PortalUser> users, IUserConfirmation<PortalUser> may, Mailer mailer, PersonalLink link, ILogger<RequestPasswordReset> log)
{
    public async Task RunAsync(string email)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user?.PasswordHash is null || !await may.IsConfirmedAsync(users, user)) return;
        var token = await users.GeneratePasswordResetTokenAsync(user);
        var letter = new Letter(user.Email!, "A new password for the campaign portal",
            [$"Hello {user.FullName},", "somebody, probably you, asked for a new password. With this link you choose one. It works once, within two hours.", "If it was not you, do nothing: your password stays as it is."],
            "Choose a new password", link.To(Urls.ResetPassword, user, token));
        _ = SendAsync(letter, user.Id);
    }

    // Not waited for: how long a mail server takes would tell that the address is known.
    private async Task SendAsync(Letter letter, int userId)
    {
        try
        {
            await Task.Yield();
            await mailer.SendAsync(letter);
        }
        catch (Exception e)
        {
            log.LogError(e, "The link for a new password of user {UserId} did not go out", userId);
        }
    }
}
