using System.Text.Json;
using System.Text.Json.Serialization;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>A kind of real-time event that the client's programs report, with the parameters that one may have. Names are compared without regard to case.</summary>
public sealed class EventDefinition : ITenantOwned
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public int Id { get; set; }
    public int TenantId { get; set; }
    /// <summary>As programs call it: a letter, then letters, digits, dots, dashes and underscores; at most 64.</summary>
    public required string Name { get; set; }
    public string? Description { get; set; }
    /// <summary>The parameters as JSON; see <see cref="EventParameter"/>.</summary>
    public required string Parameters { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    /// <summary>Since when events of this kind are refused.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public IReadOnlyList<EventParameter> ReadParameters() => JsonSerializer.Deserialize<List<EventParameter>>(Parameters, Json) ?? [];

    public static string Write(IEnumerable<EventParameter> parameters) => JsonSerializer.Serialize(parameters, Json);
}

/// <summary>A parameter of an event. One that an event does not have is empty.</summary>
/// <param name="Name">A letter, then letters, digits and underscores; at most 50; unique in its event without regard to case.</param>
/// <param name="Type">Text, integer, decimal, boolean or timestamp.</param>
public sealed record EventParameter(string Name, AttributeType Type)
{
    /// <summary>The name by which conditions speak of it.</summary>
    [JsonIgnore]
    public string Field => Name.ToLowerInvariant();

    internal AttributeColumn ToColumn() => new(Field, Name, Type);
}
