using System.Text.RegularExpressions;

namespace Optimove.Portal.Targeting;

/// <summary>A target group that a rule may refer to.</summary>
public sealed record KnownGroup(int Id, string Name, Rule Rule);

/// <summary>What a tenant's rules may speak of: its attributes, its target groups, and its channels by name. Refuses a field that is no plain column name.</summary>
public sealed partial class Catalogue
{
    private readonly Dictionary<string, AttributeColumn> _attributes;
    private readonly Dictionary<int, KnownGroup> _groups;
    private readonly IReadOnlyDictionary<string, string> _channels;

    /// <summary>Throws <see cref="ArgumentException"/> on a field that is twice there or no plain column name.</summary>
    /// <param name="channels">Names of channels besides e-mail, push and SMS, by the key that preferences have.</param>
    public Catalogue(IEnumerable<AttributeColumn> attributes, IEnumerable<KnownGroup>? groups = null, IReadOnlyDictionary<string, string>? channels = null)
    {
        _channels = channels ?? new Dictionary<string, string>();
        _attributes = attributes.ToDictionary(a => a.Field);
        _groups = (groups ?? []).ToDictionary(g => g.Id);
        if (_attributes.Keys.FirstOrDefault(f => !ColumnName().IsMatch(f)) is { } bad)
            throw new ArgumentException($"\"{bad}\" is no column name.", nameof(attributes));
    }

    /// <summary>The attribute with this field, or null.</summary>
    public AttributeColumn? Attribute(string field) => _attributes.GetValueOrDefault(field);

    /// <summary>The group with this number, or null.</summary>
    public KnownGroup? Group(int id) => _groups.GetValueOrDefault(id);

    /// <summary>The name of the channel with this key, or null where it has none of its own.</summary>
    public string? Channel(string key) => _channels.GetValueOrDefault(key);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,58}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnName();
}
