using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Optimove.Portal.Accounts.Settings;

/// <summary>Reads what changed between the JSON before and after: only fields that differ, nested ones by their path.</summary>
public static partial class AuditDiff
{
    public static IReadOnlyList<Difference> Of(string? before, string? after)
    {
        var (old, young) = (Flat(before), Flat(after));
        return [.. old.Keys.Union(young.Keys)
            .Select(k => new Difference(InWords(k), old.GetValueOrDefault(k), young.GetValueOrDefault(k)))
            .Where(d => d.Before != d.After)];
    }

    private static Dictionary<string, string> Flat(string? json)
    {
        var values = new Dictionary<string, string>();
        if (json is null) return values;
        using var document = JsonDocument.Parse(json);
        Add(values, "", document.RootElement);
        return values;
    }

    private static void Add(Dictionary<string, string> values, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) Add(values, path.Length == 0 ? property.Name : $"{path}, {property.Name}", property.Value);
                break;
            case JsonValueKind.Null:
                break;
            default:
                values[path.Length == 0 ? "Value" : path] = element.ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", JsonValueKind.String when IsMoment(element, out var at) => at, _ => element.ToString() };
                break;
        }
    }

    private static bool IsMoment(JsonElement element, out string words)
    {
        var moment = default(DateTimeOffset);
        var found = element.GetString()!.Contains('T', StringComparison.Ordinal) && element.TryGetDateTimeOffset(out moment);
        words = moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
        return found;
    }

    private static string InWords(string path)
    {
        var words = Boundary().Replace(path, "$1 $2").ToLowerInvariant();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Boundary();
}

/// <summary>A field of the configuration before and after; null where there was nothing.</summary>
public sealed record Difference(string Field, string? Before, string? After);
