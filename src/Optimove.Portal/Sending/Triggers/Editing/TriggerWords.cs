using System.Globalization;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Says triggers and limits in plain sentences.</summary>
public static class TriggerWords
{
    private const int Hour = 60, Day = 24 * Hour;

    /// <summary>"A customer has page_visit where page is /shoes 3 times within 1 hour and then does not have purchase within 2 days." What is not chosen is called so.</summary>
    public static string Say(TriggerRule rule, IReadOnlyList<EventDefinition> events)
    {
        var what = rule.Events.Count == 0 ? "an event that is not chosen yet" : string.Join(" or ", rule.Events.Select(e => Say(e, events)));
        var within = rule.WithinMinutes is { } minutes && rule.Times > 1 ? $" within {Span(minutes)}" : "";
        var then = rule.Then is not { } follow ? "" : $" and then {(follow.Happens ? "has" : "does not have")} {Say(follow.Event, events)} within {Span(follow.WithinMinutes)}";
        return $"A customer has {what}{Times(rule.Times)}{within}{then}.";
    }

    /// <summary>"Once", "At most every 7 days".</summary>
    public static string Entry(int? days) => days is { } n ? $"at most every {Count(n, "day")}" : "once and never again";

    /// <summary>"90 minutes", "1 hour", "3 days": the largest unit that leaves nothing over.</summary>
    public static string Span(int minutes) => minutes % Day == 0 ? Count(minutes / Day, "day") : minutes % Hour == 0 ? Count(minutes / Hour, "hour") : Count(minutes, "minute");

    private static string Times(int times) => times switch { 1 => "", 2 => " twice", _ => string.Create(CultureInfo.InvariantCulture, $" {times} times") };

    private static string Say(EventCondition condition, IReadOnlyList<EventDefinition> events)
    {
        if (events.FirstOrDefault(e => e.Id == condition.EventId) is not { } definition) return "an event that is not chosen yet";
        if (condition.Where is All { Rules.Count: 0 }) return definition.Name;
        var described = Describer.Describe(condition.Where, new(definition.ReadParameters().Select(p => p.ToColumn())));
        return $"{definition.Name} where {Small(described)}";
    }

    // The describer begins with a capital; a parameter's own spelling of an abbreviation stays.
    private static string Small(string sentence) => sentence.Length > 1 && char.IsUpper(sentence[1]) ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Count(int count, string noun) => Ui.Format.Count(count, noun);
}
