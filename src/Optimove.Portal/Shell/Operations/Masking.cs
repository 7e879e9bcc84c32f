using System.Text.RegularExpressions;

namespace Optimove.Portal.Shell.Operations;

/// <summary>Takes e-mail addresses and secrets out of a text on its way to a log: the last guard, behind code that does not log them.</summary>
internal static partial class Masking
{
    public static string Mask(string text)
    {
        if (text.Contains('@') || text.Contains("%40", StringComparison.Ordinal)) text = Address().Replace(text, "(address)");
        return Secret().Replace(text, "$1(secret)");
    }

    /// <summary>Whether a named value is a secret whatever it looks like.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    [GeneratedRegex("(?i)password|secret|api_?key|accesskey|token$|credential")]
    private static partial Regex SecretName();

    // In an address of the web (user:password@host) the part before the @ goes too.
    [GeneratedRegex("""[^\s@"'<>(){}\[\],;:=/\\]+(?::[^\s@/"']+)?(?:@|%40)[^\s@"'<>(){}\[\],;:=/\\?&]+""")]
    private static partial Regex Address();

    [GeneratedRegex("""(?i)((?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token|authorization|[?&]code)["']?\s*[=:]\s*["']?(?:(?:basic|bearer)\s+)?)[^\s"'&,;})\]]+""")]
    private static partial Regex Secret();
}
