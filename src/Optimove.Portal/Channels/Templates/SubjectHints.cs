using System.Text.RegularExpressions;

namespace Optimove.Portal.Channels.Templates;

/// <summary>How long a subject line and a preview text may be and should be, and what looks wrong in them. Hints never stop a save.</summary>
public static partial class SubjectHints
{
    /// <summary>What providers take at most, in characters.</summary>
    public const int Longest = 150;
    private const int SubjectShown = 60;
    private const int PhoneShown = 40;
    private const int PreviewShown = 90;

    /// <summary>"34 characters" and, past what inboxes show, what will be cut; null for none.</summary>
    public static string? OfSubject(string? text) => (text?.Trim().Length ?? 0) switch
    {
        0 => null,
        > Longest and var n => $"{n} characters; at most {Longest} fit.",
        > SubjectShown and var n => $"{n} characters; most inboxes cut after {SubjectShown}.",
        > PhoneShown and var n => $"{n} characters; phones show about {PhoneShown}.",
        var n => Ui.Format.Count(n, "character"),
    };

    public static string? OfPreview(string? text) => (text?.Trim().Length ?? 0) switch
    {
        0 => null,
        > Longest and var n => $"{n} characters; at most {Longest} fit.",
        > PreviewShown and var n => $"{n} characters; most inboxes cut after {PreviewShown}.",
        var n => Ui.Format.Count(n, "character"),
    };

    /// <summary>What looks wrong with the personalisation tags of a text; null when nothing does.</summary>
    public static string? OfTags(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        foreach (var (open, close) in Tags)
        {
            if (Count(text, open) != Count(text, close)) return $"A personalisation tag begins with {open} and ends with {close}; one of them is missing, so people would read the tag itself.";
        }
        return Tag().Match(text) is { Success: true } tag ? $"{tag.Value} is filled in by the provider. Who has no value there sees a gap." : null;
    }

    private static readonly (string Open, string Close)[] Tags = [("*|", "|*"), ("{{", "}}"), ("[[", "]]")];

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    [GeneratedRegex(@"\*\|[^|]+\|\*|\{\{[^}]+\}\}|\[\[[^\]]+\]\]")]
    private static partial Regex Tag();
}
