using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Says what keeps a triggered campaign from going live.</summary>
/// <param name="events">By id, those that programs may report.</param>
/// <param name="groups">The ids of the target groups that can be chosen.</param>
internal sealed class TriggerCheck(IReadOnlyDictionary<int, EventDefinition> events, IReadOnlySet<int> groups, IReadOnlyList<TriggerChannel> channels, DateOnly today)
{
    public const int MostTimes = 100, MostMinutes = 30 * 24 * 60, MostEvents = 10, MostDays = 3650, LongestName = 120;

    /// <summary>What no campaign may be, not even a draft.</summary>
    public static IEnumerable<TriggerProblem> Bounds(TriggerDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > LongestName) yield return new("name", $"Give the campaign a name of at most {LongestName} characters.");
        if (draft.TriggerName.Trim().Length > LongestName) yield return new("name", $"The trigger's name has at most {LongestName} characters.");
        if (draft.Rule.Times is < 1 or > MostTimes) yield return new("when", $"An event can be asked for 1 to {MostTimes} times.");
        if (draft.Rule.Events.Count > MostEvents) yield return new("when", $"At most {MostEvents} events can count towards one trigger.");
        if (draft.Rule.WithinMinutes is < 1 or > MostMinutes || draft.Rule.Then is { WithinMinutes: < 1 or > MostMinutes }) yield return new("when", "A time is between a minute and 30 days.");
        if (draft.ControlShare is < 0 or > 0.5m) yield return new("limits", "The control group has 0 to 50 % of the customers.");
        if (draft.EntryDays is < 1 or > MostDays) yield return new("limits", $"A customer may enter again after 1 to {MostDays} days.");
        if (draft.StartsOn > draft.EndsOn) yield return new("limits", "The first day must not be after the last.");
    }

    /// <summary>Everything that is missing or unsound, in the order of the page.</summary>
    public IReadOnlyList<TriggerProblem> Problems(TriggerDraft draft) =>
    [
        .. Bounds(draft), .. When(draft.Rule),
        .. draft.TargetGroupId is { } group && groups.Contains(group) ? [] : new TriggerProblem[] { new("who", "Choose the target group.") },
        .. What(draft),
        .. draft.EndsOn < today ? new TriggerProblem[] { new("limits", "The last day is over.") } : [],
    ];

    private IEnumerable<TriggerProblem> When(TriggerRule rule)
    {
        if (rule.Events.Count == 0) yield return new("when", "Choose the event that a customer is to have.");
        foreach (var condition in rule.Conditions)
        {
            if (!events.TryGetValue(condition.EventId, out var definition)) yield return new("when", "Choose an event.");
            else if (RuleChecker.Check(condition.Where, new(definition.ReadParameters().Select(p => p.ToColumn()))) is [var problem, ..]) yield return new("when", $"{definition.Name}: {problem.Sentence}");
        }
    }

    private IEnumerable<TriggerProblem> What(TriggerDraft draft)
    {
        if (channels.FirstOrDefault(c => c.Number == draft.ChannelId) is not { } channel)
        {
            yield return new("what", draft.ChannelId is null ? "Choose the channel." : "The channel is gone. Choose another.");
            yield break;
        }
        if (channel.Templates.All(t => t.ActionId != draft.ActionId))
            yield return new("what", draft.ActionId is null ? "Choose the template." : channel.Connector is null ? "The partner withdrew the template. Choose another." : "The template can no longer be sent. Choose another.");
        if (channel.Connector?.Blocked is { } blocked) yield return new("what", blocked);
    }
}
