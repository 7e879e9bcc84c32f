using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>Puts dots in the place of credentials, although those of a dry run are made up and open nothing: nobody should have to know that to be at ease.</summary>
internal sealed partial class SecretMask
{
    private const string Dots = "••••••••";
    private readonly IReadOnlyList<string> _secrets;

    /// <param name="settings">With the secrets as they are used.</param>
    public SecretMask(JsonObject settings, Type settingsType) => _secrets =
    [
        .. settingsType.GetProperties().Where(p => p.GetCustomAttribute<SettingAttribute>() is { Secret: true }).Select(p => settings[p.Name]?.ToString()).OfType<string>()
            .SelectMany(value => value.Split('\n')).Select(line => line[(line.LastIndexOf(';') + 1)..].Trim()).Where(secret => secret.Length > 0),
    ];

    public string Hide(string text) => Tokens().Replace(_secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Dots, StringComparison.Ordinal)), $"$1{Dots}");

    /// <summary>The scheme alone.</summary>
    public static string? Authorization(System.Net.Http.Headers.AuthenticationHeaderValue? header) => header is null ? null : $"{header.Scheme} {Dots}";

    [GeneratedRegex("""("(?:access|refresh)_token"\s*:\s*")[^"]*""")]
    private static partial Regex Tokens();
}
