namespace Optimove.Portal.Providers.Appboy;

/// <summary>What a client enters to let the product send through its Appboy (Braze) account.</summary>
public sealed record AppboySettings
{
    private const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    [Setting("REST API address", Hint = "In Appboy: Developer Console, or Settings, APIs and Identifiers. Each account has an address of its own.", Example = "https://rest.iad-03.braze.com",
        Pattern = "https://[A-Za-z0-9.-]+/?", PatternSentence = "Enter the address with https:// at its beginning and nothing after the host name.")]
    public required string Host { get; init; }

    [Setting("App groups", Lines = true, Hint = "One a line: app group ID; name; the app IDs of the app-user mapping, separated by commas. The IDs are in Appboy's Developer Console.",
        Example = "0c7a41d2-5b1e; Shop; shop-ios, shop-android", Pattern = @"\s*[^;\s]+\s*;\s*[^;\s][^;]*;\s*[^;,\s][^;]*",
        PatternSentence = "Write each app group on a line of its own: ID; name; app IDs separated by commas.")]
    public required string AppGroups { get; init; }

    [Setting("REST keys", Lines = true, Secret = true, Optional = true,
        Hint = "One a line: app group ID; REST key. Only for app groups that have a key; without one the app group ID itself gives access, as in older accounts.",
        Example = "0c7a41d2-5b1e; 1f0c27aa-93d4", Pattern = @"\s*[^;\s]+\s*;\s*[^;\s]+\s*", PatternSentence = "Write each key on a line of its own: app group ID; REST key.")]
    public string? RestKeys { get; init; }

    [Setting("Attributes in triggered messages", Lines = true, Optional = true,
        Hint = "One a line: the attribute's real field name. Triggered campaigns send its value along, and the message in Appboy can show it as {{api_trigger_properties.${name}}}.",
        Example = "first_name", Pattern = @"\s*[a-z][a-z0-9_]*\s*", PatternSentence = "Write each field name on a line of its own, in small letters, digits and underscores.")]
    public string? TriggerAttributes { get; init; }

    internal IReadOnlyList<string> TriggerFields => (TriggerAttributes ?? "").Split('\n', Tidy).Distinct().ToList();

    internal IReadOnlyList<AppboyGroup> Groups
    {
        get
        {
            var keys = Entries(RestKeys, parts: 2).GroupBy(line => line[0]).ToDictionary(lines => lines.Key, lines => lines.First()[1]);
            return [.. Entries(AppGroups, parts: 3).DistinctBy(line => line[0])
                .Select(line => new AppboyGroup(line[0], line[1], line[2].Split(',', Tidy), keys.GetValueOrDefault(line[0])))];
        }
    }

    internal AppboyGroup? Group(string? id) => Groups.FirstOrDefault(group => group.Id == id);

    private static IEnumerable<string[]> Entries(string? text, int parts) =>
        (text ?? "").Split('\n', Tidy).Select(line => line.Split(';', StringSplitOptions.TrimEntries)).Where(line => line.Length == parts);
}

/// <param name="Apps">Ids of its apps in the client's app-user mapping.</param>
/// <param name="RestKey">Null where the app group's id itself authenticates.</param>
internal sealed record AppboyGroup(string Id, string Name, IReadOnlyList<string> Apps, string? RestKey);
