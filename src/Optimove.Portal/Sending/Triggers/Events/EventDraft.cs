using System.Text.RegularExpressions;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Sending.Triggers.Events;

/// <summary>An event as a person describes it.</summary>
public sealed partial class EventDraft
{
    private const int MostParameters = 50;

    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public List<ParameterDraft> Parameters { get; init; } = [];

    public static EventDraft Of(EventDefinition definition) => new()
    {
        Name = definition.Name, Description = definition.Description, Parameters = [.. definition.ReadParameters().Select(p => new ParameterDraft { Name = p.Name, Type = p.Type })],
    };

    /// <summary>The types that a parameter can have, in the order in which they are offered.</summary>
    public static IReadOnlyList<AttributeType> Types { get; } = [AttributeType.Text, AttributeType.Integer, AttributeType.Decimal, AttributeType.Boolean, AttributeType.Timestamp];

    /// <summary>The parameters that have a name.</summary>
    internal IReadOnlyList<EventParameter> Given => [.. Parameters.Where(p => !string.IsNullOrWhiteSpace(p.Name)).Select(p => new EventParameter(p.Name.Trim(), p.Type))];

    /// <exception cref="RefusedException">Something is missing or out of bounds; the sentence names it.</exception>
    internal void Check()
    {
        if (!EventName().IsMatch(Name.Trim())) throw new RefusedException("An event's name begins with a letter and has letters, digits, dots, dashes and underscores, 64 at most. Programs write it as it stands here.");
        if (Description?.Length > 500) throw new RefusedException("A description has at most 500 characters.");
        if (Given.Count > MostParameters) throw new RefusedException($"An event can have {MostParameters} parameters.");
        if (Given.FirstOrDefault(p => !ParameterName().IsMatch(p.Name)) is { } bad) throw new RefusedException($"\"{bad.Name}\" is no name of a parameter: it begins with a letter and has letters, digits and underscores, 50 at most.");
        if (Given.GroupBy(p => p.Field).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RefusedException($"\"{twice.First().Name}\" is there twice; capitals make no difference.");
        if (Given.Any(p => !Types.Contains(p.Type))) throw new RefusedException("Choose a type for each parameter.");
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex EventName();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,49}\z")]
    private static partial Regex ParameterName();
}

/// <summary>A parameter as a person describes it; one without a name is passed over.</summary>
public sealed class ParameterDraft
{
    public string Name { get; set; } = "";
    public AttributeType Type { get; set; }
}
