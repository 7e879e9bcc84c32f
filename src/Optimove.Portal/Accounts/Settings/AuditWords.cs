namespace Optimove.Portal.Accounts.Settings;

/// <summary>Turns the noun.verb of an action into words: <c>campaign.scheduled</c> becomes "Campaign scheduled".</summary>
public static class AuditWords
{
    public static string Sentence(string action) => Noun(action.Replace('.', ' '));

    /// <summary>"connection" becomes "Connection", "target-group" becomes "Target group".</summary>
    public static string Noun(string text)
    {
        var words = text.Replace('-', ' ');
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
