using System.Text.Json.Serialization;

namespace Optimove.Portal.Channels;

/// <summary>What a synchronisation found different from the one before, by the templates' names; or why it found out nothing.</summary>
public sealed record TemplateDrift
{
    /// <summary>Why the templates could not be read, in a sentence; null when they were. Then everything stayed as it was.</summary>
    [JsonIgnore]
    public string? Failure { get; init; }
    /// <summary>How many the provider has now.</summary>
    public int Listed { get; init; }
    public List<string> Added { get; init; } = [];
    /// <summary>"Old is now New".</summary>
    public List<string> Renamed { get; init; } = [];
    public List<string> Changed { get; init; } = [];
    public List<string> Gone { get; init; } = [];
    /// <summary>Those that were gone and are there again.</summary>
    public List<string> Back { get; init; } = [];

    [JsonIgnore]
    public bool Any => Added.Count + Renamed.Count + Changed.Count + Gone.Count + Back.Count > 0;

    /// <summary>"1 added: Spring. 1 gone: Autumn." or that nothing changed.</summary>
    public string InWords()
    {
        if (!Any) return "Nothing changed.";
        (string Word, List<string> Names)[] parts = [("added", Added), ("renamed", Renamed), ("changed", Changed), ("gone", Gone), ("back again", Back)];
        return string.Join(' ', parts.Where(p => p.Names.Count > 0).Select(p => $"{p.Names.Count} {p.Word}: {Short(p.Names)}."));
    }

    private static string Short(List<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}
