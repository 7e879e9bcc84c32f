using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Connections;

/// <summary>One field of a connection's form, read from the annotated property of a provider's settings record.</summary>
public sealed record SettingField(string Name, SettingAttribute Setting)
{
    /// <summary>What the form says beside a field that rests on an assumption.</summary>
    public const string AssumedNote = "Not confirmed by the provider's public documentation.";

    /// <summary>Characters of one value, or of one line of a list.</summary>
    private const int Longest = 500;
    private const int MostLines = 500;
    private const int NamedLines = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingField>> Known = new();

    public string Label => Setting.Label;
    public bool Secret => Setting.Secret;
    public bool Lines => Setting.Lines;

    /// <summary>The fields of a provider's form, in the order of the record.</summary>
    public static IReadOnlyList<SettingField> Of(ProviderInfo provider) => Known.GetOrAdd(provider.SettingsType, type =>
        [.. type.GetProperties().Select(p => (p.Name, Setting: p.GetCustomAttribute<SettingAttribute>())).Where(p => p.Setting is not null).Select(p => new SettingField(p.Name, p.Setting!))]);

    /// <summary>The value as it is saved: without spaces around it; a list without empty lines, one entry a line. Null when nothing is left.</summary>
    public string? Clean(string? value)
    {
        var clean = Lines ? string.Join('\n', Entries(value).Select(e => e.Text).Where(t => t.Length > 0)) : value?.Trim();
        return string.IsNullOrEmpty(clean) ? null : clean;
    }

    /// <summary>What is wrong with a value as typed and how to put it right; null when nothing is. Names no secret.</summary>
    public string? ProblemOf(string? value)
    {
        if (Clean(value) is not { } clean) return Setting.Optional ? null : Setting.Example is null || Secret ? $"{Label} is missing." : $"{Label} is missing. An example: {Setting.Example.ReplaceLineEndings(", ")}";
        if (!Lines) return ProblemOfOne(clean, null);
        var entries = Entries(value).Where(e => e.Text.Length > 0).ToList();
        if (entries.Count > MostLines) return $"{Label} has {entries.Count} lines; at most {MostLines} fit.";
        var wrong = entries.Select(e => ProblemOfOne(e.Text, e.Number)).OfType<string>().ToList();
        return wrong.Count == 0 ? null : string.Join(' ', wrong.Take(NamedLines)) + (wrong.Count > NamedLines ? $" {wrong.Count - NamedLines} more lines are wrong." : "");
    }

    private string? ProblemOfOne(string value, int? line)
    {
        var called = line is null ? Label : $"Line {line} of {Label}";
        if (value.Length > Longest) return $"{called} has {value.Length} characters; at most {Longest} fit.";
        if (value.Any(char.IsControl)) return $"{called} holds a line break or another character that cannot be seen. Type it by hand.";
        if (Setting.Pattern is not { } pattern || Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.None, Patience)) return null;
        return Setting.PatternSentence is not { } sentence ? $"{called} does not look like {Setting.Example}." : line is null ? sentence : $"{called}: {sentence}";
    }

    // Numbered as typed, so that a problem names the line that a person sees.
    private static IEnumerable<(int Number, string Text)> Entries(string? value) =>
        (value ?? "").ReplaceLineEndings("\n").Split('\n').Select((line, i) => (i + 1, line.Trim()));
}
