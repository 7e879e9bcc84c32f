using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace Optimove.Portal.Accounts.Mail;

/// <summary>Hands letters to the configured mail server, or in development to a folder. Logs neither addresses nor contents.</summary>
public sealed class Mailer(IOptions<MailOptions> options, MailFolder folder, ILogger<Mailer> log)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <exception cref="RefusedException">There is no mail server, or it did not take the letter.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellation = default)
    {
        if (options.Value.Smtp is { } smtp) await SendAsync(letter, smtp, cancellation);
        else if (folder.IsUsed) await folder.KeepAsync(letter, cancellation);
        else throw new RefusedException("This portal has no mail server yet, so no mail was sent. Its administrator can set one (Mail:Smtp:Host).");
    }

    private async Task SendAsync(Letter letter, SmtpOptions smtp, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        using var message = Compose(letter);
        using var client = new SmtpClient(smtp.Host, smtp.Port)
        {
            EnableSsl = smtp.Encrypted,
            Credentials = string.IsNullOrEmpty(smtp.User) ? null : new NetworkCredential(smtp.User, smtp.Password),
        };
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (Exception e) when (e is SmtpException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The exception itself quotes the address that was refused, so only its kind is logged.
            log.LogError("The mail server {Host} did not take a letter: {Status}", smtp.Host, (e as SmtpException)?.StatusCode.ToString() ?? "no answer");
            throw new RefusedException("The mail could not be sent, because the mail server did not take it. Try again in some minutes.");
        }
    }

    private MailMessage Compose(Letter letter)
    {
        try
        {
            var message = new MailMessage(new MailAddress(options.Value.From, options.Value.FromName), new MailAddress(letter.To))
            {
                Subject = letter.Subject,
                SubjectEncoding = Encoding.UTF8,
                Body = letter.Text(),
                BodyEncoding = Encoding.UTF8,
            };
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html(), Encoding.UTF8, MediaTypeNames.Text.Html));
            return message;
        }
        catch (FormatException)
        {
            throw new RefusedException("The mail could not be sent, because its address is not a valid e-mail address.");
        }
    }
}
