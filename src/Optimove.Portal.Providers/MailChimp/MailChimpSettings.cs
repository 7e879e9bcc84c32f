namespace Optimove.Portal.Providers.MailChimp;

/// <summary>What a client enters to let the product send through its MailChimp account.</summary>
public sealed record MailChimpSettings
{
    [Setting("API key", Secret = true, Hint = "In MailChimp: Account, Extras, API keys. The part after the last dash names the data centre.", Example = "0123456789abcdef0123456789abcdef-us6",
        Pattern = @"[A-Za-z0-9]+-[a-z]+[0-9]+", PatternSentence = "A MailChimp API key ends with a dash and its data centre, for example -us6.")]
    public required string ApiKey { get; init; }

    [Setting("List ID", Hint = "In MailChimp: Audience, Settings, Audience name and defaults.", Example = "a1b2c3d4e5",
        Pattern = "[A-Za-z0-9]+", PatternSentence = "A list ID has only letters and digits.")]
    public required string ListId { get; init; }

    [Setting("From name", Hint = "Recipients see it as the sender.", Example = "Acme Shop")]
    public required string FromName { get; init; }

    [Setting("Reply-to address", Hint = "Its domain has to be verified in MailChimp.", Example = "news@acme.example",
        Pattern = @"[^@\s]+@[^@\s]+\.[^@\s]+", PatternSentence = "Enter an e-mail address.")]
    public required string ReplyTo { get; init; }

    /// <summary>The text after the last dash of the key, for example <c>us6</c>.</summary>
    internal string DataCentre => ApiKey[(ApiKey.LastIndexOf('-') + 1)..];
}
