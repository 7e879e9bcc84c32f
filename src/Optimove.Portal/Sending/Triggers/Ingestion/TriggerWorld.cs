using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Matching;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>All that one client's events are checked and decided by, as it was at one moment.</summary>
public sealed class TriggerWorld(IReadOnlyList<KnownEvent> events, IReadOnlyList<LiveTrigger> triggers, byte[] assignmentKey)
{
    private readonly ILookup<int, LiveTrigger> _byEvent =
        triggers.SelectMany(t => t.Rule.Conditions.Select(c => (c.EventId, Trigger: t)).Distinct()).ToLookup(p => p.EventId, p => p.Trigger);

    private readonly Dictionary<int, KnownEvent> _byId = events.ToDictionary(e => e.Id);

    /// <summary>The events that programs may report, by name in any case.</summary>
    public IReadOnlyDictionary<string, KnownEvent> Events { get; } = events.ToDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);
    public IReadOnlyList<LiveTrigger> Triggers => triggers;
    /// <summary>The client's key for drawing control groups.</summary>
    public byte[] AssignmentKey => assignmentKey;

    /// <summary>An event's definition; null where it has been retired.</summary>
    internal KnownEvent? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The live campaigns whose triggers speak of this event.</summary>
    internal IEnumerable<LiveTrigger> SpeakingOf(KnownEvent kind) => _byEvent[kind.Id];
}

/// <summary>An event definition, ready to check by.</summary>
/// <param name="Parameters">By name in any case.</param>
public sealed record KnownEvent(int Id, string Name, IReadOnlyDictionary<string, EventParameter> Parameters, RuleContext Context);

/// <summary>A live campaign, ready to decide by.</summary>
/// <param name="Audience">Its target group's rule, the parameters from $4; null where it can no longer be compiled: nobody is in it then.</param>
/// <param name="Columns">Further columns of the audience's query: each tag as text.</param>
/// <param name="Channel">Null once the channel is gone.</param>
/// <param name="Template">Null once the partner withdrew it, or its provider can no longer send it.</param>
public sealed record LiveTrigger(TriggeredCampaign Campaign, TriggerRule Rule, CompiledRule? Audience, IReadOnlyList<string> Tags, string Columns, TriggerChannel? Channel, TriggerTemplate? Template)
{
    /// <summary>Whether an event is one of those that count towards the trigger.</summary>
    internal bool Counts(KeptEvent happened) => Rule.Events.Any(c => Holds(c, happened));

    /// <summary>Whether an event is the one that must follow, or must not.</summary>
    internal bool Follows(KeptEvent happened) => Rule.Then is { } then && Holds(then.Event, happened);

    private static bool Holds(EventCondition condition, KeptEvent happened) =>
        condition.EventId == happened.Kind.Id && (condition.Where is All { Rules.Count: 0 } || Matcher.Matches(condition.Where, new(happened.Facts, [], NoPreferences), happened.Kind.Context));

    private static readonly Dictionary<string, bool> NoPreferences = [];
}
