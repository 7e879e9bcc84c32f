using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>
/// When a trigger is met for a customer: so many matching events within a time and, where a second part is given, another event that follows
/// in time or fails to. Once it was met, counting begins anew.
/// </summary>
/// <param name="Events">Any of them counts.</param>
/// <param name="Times">How many, from 1.</param>
/// <param name="WithinMinutes">The longest time from the first of them to the last; null for any time.</param>
public sealed record TriggerRule(Items<EventCondition> Events, int Times, int? WithinMinutes, FollowUp? Then)
{
    public static TriggerRule Empty { get; } = new([], 1, null, null);

    /// <summary>Every event that it speaks of.</summary>
    internal IEnumerable<EventCondition> Conditions => Then is null ? Events : Events.Append(Then.Event);

    /// <summary>As one line of JSON.</summary>
    public string Write() => new JsonObject
    {
        ["events"] = new JsonArray([.. Events.Select(e => (JsonNode)Node(e))]), ["times"] = Times, ["withinMinutes"] = WithinMinutes,
        ["then"] = Then is null ? null : new JsonObject { ["happens"] = Then.Happens, ["event"] = Node(Then.Event), ["withinMinutes"] = Then.WithinMinutes },
    }.ToJsonString();

    /// <exception cref="JsonException">It is none.</exception>
    public static TriggerRule Read(string json)
    {
        var root = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A trigger is missing.");
        var then = root["then"];
        return new(
            [.. root["events"]?.AsArray().Select(e => Condition(e!)) ?? []], (int?)root["times"] ?? 1, (int?)root["withinMinutes"],
            then is null ? null : new((bool)then["happens"]!, Condition(then["event"]!), (int)then["withinMinutes"]!));
    }

    private static JsonObject Node(EventCondition condition) => new() { ["event"] = condition.EventId, ["where"] = JsonNode.Parse(RuleJson.Write(condition.Where)) };

    private static EventCondition Condition(JsonNode node) => new((int)node["event"]!, RuleJson.Read(node["where"]!.ToJsonString()));
}

/// <summary>An event of one kind whose parameters hold to a rule.</summary>
/// <param name="EventId">An <see cref="EventDefinition"/>; 0 while none was chosen.</param>
/// <param name="Where">Over the parameters' fields; without conditions every event of the kind counts.</param>
public sealed record EventCondition(int EventId, Rule Where);

/// <summary>What must, or must not, follow within a time after the first part was met.</summary>
/// <param name="Happens">False: the trigger is met when the time is over and no such event came.</param>
public sealed record FollowUp(bool Happens, EventCondition Event, int WithinMinutes);
