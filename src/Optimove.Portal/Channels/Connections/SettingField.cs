using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Connections;

/// <summary>One field of a connection's form, read from the annotated property of a provider's settings record.</summary>
public sealed record SettingField(string Name, SettingAttribute Setting)
{
    private const int Longest = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingField>> Known = new();

    public string Label => Setting.Label;
    public bool Secret => Setting.Secret;

    /// <summary>The fields of a provider's form, in the order of the record.</summary>
    public static IReadOnlyList<SettingField> Of(ProviderInfo provider) => Known.GetOrAdd(provider.SettingsType, type =>
        [.. type.GetProperties().Select(p => (p.Name, Setting: p.GetCustomAttribute<SettingAttribute>())).Where(p => p.Setting is not null).Select(p => new SettingField(p.Name, p.Setting!))]);

    /// <summary>What is wrong with a value and how to put it right; null when nothing is.</summary>
    public string? ProblemOf(string? value)
    {
        if (string.IsNullOrEmpty(value)) return Setting.Optional ? null : Setting.Example is null || Secret ? $"{Label} is missing." : $"{Label} is missing. An example: {Setting.Example}";
        if (value.Length > Longest) return $"{Label} has {value.Length} characters; at most {Longest} fit.";
        if (value.Any(char.IsControl)) return $"{Label} holds a line break or another character that cannot be seen. Type it by hand.";
        return Setting.Pattern is { } pattern && !Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.None, Patience)
            ? Setting.PatternSentence ?? $"{Label} does not look like {Setting.Example}." : null;
    }
}
