using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Targeting;

/// <summary>Rules as JSON: <c>{"version":1,"rule":{"kind":...}}</c>. Reads what jsonb gives back: keys in any order, unknown keys ignored.</summary>
public static class RuleJson
{
    /// <summary>The version written; versions from 1 to this one can be read.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // jsonb sorts keys by length, so "kind" need not come first.
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The rule as one line of JSON.</summary>
    public static string Write(Rule rule) => JsonSerializer.Serialize(new Envelope(Version, rule), Options);

    /// <summary>The rule in the JSON; throws <see cref="JsonException"/> when it is none, or of a later version.</summary>
    public static Rule Read(string json)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(json, Options) ?? throw new JsonException("A rule is missing.");
        return envelope.Version is >= 1 and <= Version
            ? envelope.Rule
            : throw new JsonException($"The rule is of version {envelope.Version}; this program reads up to version {Version}.");
    }

    private sealed record Envelope(int Version, Rule Rule);
}
