namespace Optimove.Portal.Accounts.Mail;

/// <summary>How the portal sends mail; bound from the configuration section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public string From { get; set; } = "portal@localhost";
    public string FromName { get; set; } = "Optimove portal";
    /// <summary>The mail server; without one, letters go into <see cref="Folder"/>.</summary>
    public SmtpOptions? Smtp { get; set; }
    /// <summary>Where letters are kept when there is no mail server; set by itself only in development.</summary>
    public string? Folder { get; set; }
}

/// <summary>A mail server; the connection is encrypted with STARTTLS unless that is switched off.</summary>
public sealed class SmtpOptions
{
    public required string Host { get; set; }
    public int Port { get; set; } = 587;
    public bool Encrypted { get; set; } = true;
    public string? User { get; set; }
    public string? Password { get; set; }
}
