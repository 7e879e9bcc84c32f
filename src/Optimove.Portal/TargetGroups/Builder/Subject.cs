using Optimove.Portal.Customers.Preferences;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

/// <summary>Something that a condition can be about, as the builder offers it.</summary>
/// <param name="Key">Names it within the page.</param>
/// <param name="Kind">What sort of thing it is, in a word or two.</param>
public sealed record Subject(string Key, string Name, string Kind)
{
    private const string AttributeKey = "attribute:", MeasureKey = "purchases:", ChannelKey = "preference:", GroupKey = "group";

    /// <summary>The attributes, what can be said of purchases, the channels, those of partners too, and other groups.</summary>
    public static IReadOnlyList<Subject> All(IEnumerable<AttributeColumn> attributes, bool groups, IEnumerable<OwnChannel>? channels = null) =>
    [
        .. attributes.Select(a => new Subject(AttributeKey + a.Field, a.Name, KindOf(a.Type))),
        .. Enum.GetValues<Measure>().Select(m => new Subject(MeasureKey + m, NameOf(m), "purchases")),
        .. new[] { ("email", "E-mail"), ("push", "Push"), ("sms", "SMS") }.Concat((channels ?? []).Select(c => (c.Key, c.Name))).Select(c => new Subject(ChannelKey + c.Item1, $"{c.Item2} preference", "consent")),
        .. groups ? [new Subject(GroupKey, "Target group", "another group")] : Array.Empty<Subject>(),
    ];

    /// <summary>The key of what a condition is about; null while nothing is chosen.</summary>
    public static string? KeyOf(Rule condition) => condition switch
    {
        AttributeRule { Field.Length: > 0 } attribute => AttributeKey + attribute.Field,
        TransactionRule bought => MeasureKey + bought.Measure,
        PreferenceRule preference => ChannelKey + preference.Channel,
        GroupRule => GroupKey,
        _ => null,
    };

    /// <summary>A condition about the subject with this key, its comparison the usual one.</summary>
    public static Rule Begin(string key, Catalogue catalogue)
    {
        if (key == GroupKey) return new GroupRule(0, In: true);
        if (key.StartsWith(ChannelKey, StringComparison.Ordinal)) return new PreferenceRule(key[ChannelKey.Length..], Preference.OptedIn);
        if (key.StartsWith(MeasureKey, StringComparison.Ordinal)) return Begin(Enum.Parse<Measure>(key[MeasureKey.Length..]));
        var field = key[AttributeKey.Length..];
        var (comparison, values) = catalogue.Attribute(field)?.Type switch
        {
            AttributeType.Text => (Operator.IsAnyOf, (Items<Value>)[]),
            AttributeType.Boolean => (Operator.IsTrue, []),
            AttributeType.Date or AttributeType.Timestamp => (Operator.InLastDays, [30]),
            _ => (Operator.AtLeast, []),
        };
        return new AttributeRule(field, comparison, values);
    }

    private static TransactionRule Begin(Measure measure) => measure switch
    {
        Measure.Count => new(measure, new LastDays(365), Operator.AtLeast, [1]),
        Measure.Last or Measure.First => new(measure, new Ever(), Operator.InLastDays, [30]),
        _ => new(measure, new LastDays(365), Operator.AtLeast, []),
    };

    private static string NameOf(Measure measure) => measure switch
    {
        Measure.Count => "Number of purchases",
        Measure.Sum => "Amount spent",
        Measure.Average => "Average purchase",
        Measure.Last => "Last purchase",
        Measure.First => "First purchase",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static string KindOf(AttributeType type) => type switch
    {
        AttributeType.Text => "text",
        AttributeType.Boolean => "yes or no",
        AttributeType.Date or AttributeType.Timestamp => "date",
        _ => "number",
    };
}
