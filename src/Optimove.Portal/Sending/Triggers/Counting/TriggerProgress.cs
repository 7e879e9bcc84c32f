using Optimove.Portal.Sending.Triggers.Deciding;

namespace Optimove.Portal.Sending.Triggers.Counting;

/// <summary>
/// How far one customer is with one trigger. Events are given in the order in which they were told; one that comes late counts by its own time,
/// and a second event that was told before the first is remembered for it.
/// </summary>
/// <param name="times">Of the events that count towards the next time, earliest first.</param>
/// <param name="follows">Of the latest second events, earliest first.</param>
/// <param name="wait">Open once the first part was met and a second decides.</param>
/// <param name="enteredAt">When the customer was last sent to, or held back as control; null where never.</param>
/// <param name="limited">How often the customer met it since then, too early to enter again.</param>
public sealed class TriggerProgress(IEnumerable<DateTime> times, IEnumerable<DateTime> follows, TriggerWait? wait, DateTime? enteredAt = null, int limited = 0)
{
    private const int MostFollows = 20;
    private readonly List<DateTime> _times = [.. times], _follows = [.. follows];

    public IReadOnlyList<DateTime> Times => _times;
    public IReadOnlyList<DateTime> Follows => _follows;
    public TriggerWait? Wait { get; private set; } = wait;
    public DateTime? EnteredAt { get; private set; } = enteredAt;
    public int Limited { get; private set; } = limited;
    /// <summary>Anything but the wait.</summary>
    public bool HasChanged { get; private set; }
    public bool WaitChanged { get; private set; }

    /// <summary>Takes one more event into account.</summary>
    /// <param name="counts">It is one of those that count towards the trigger.</param>
    /// <param name="follows">It is the one that must follow, or must not.</param>
    /// <returns>What the customer met by it: nothing, one, or two where a time was over before it.</returns>
    public IEnumerable<Completion> Apply(TriggerRule rule, KeptEvent happened, bool counts, bool follows, DateTime now)
    {
        var at = happened.OccurredAt;
        if (Wait is { } over && at > over.DueAt && now > over.DueAt)
        {
            Set(null);
            if (rule.Then is { Happens: false }) yield return new(over.EventId, over.Parameters);
        }
        var isUsed = false;
        if (follows && Wait is { } wait && at >= wait.MetAt && at <= wait.DueAt)
        {
            Set(null);
            isUsed = rule.Then is { Happens: true };
            if (isUsed) yield return new(happened.EventId, happened.Json);
        }
        else if (counts && IsFull(rule, at) is { } fullAt)
        {
            var hasFollowed = rule.Then is { } second && HasFollowed(second, fullAt);
            if (rule.Then is not { } then || then.Happens && hasFollowed) yield return new(happened.EventId, happened.Json);
            // What must follow is waited for from the latest; what must not, from the first, so that it cannot be put off for ever.
            else if (!hasFollowed && (then.Happens || Wait is null)) Set(new(happened.EventId, fullAt, fullAt.AddMinutes(then.WithinMinutes), happened.Json));
        }
        if (follows && !isUsed) Remember(at);
    }

    /// <param name="days">After how many days a customer may enter again; null for never.</param>
    public bool MayEnter(int? days, DateTime now) => EnteredAt is not { } at || days is { } wait && at <= now.AddDays(-wait);

    public void Enter(DateTime now) => (EnteredAt, Limited, HasChanged) = (now, 0, true);

    /// <summary>Met too early to enter again.</summary>
    public void Limit() => (Limited, HasChanged) = (Limited + 1, true);

    /// <summary>Whether the second event came already. One that had to come is used up by it; one that must not calls off whatever it follows.</summary>
    private bool HasFollowed(FollowUp then, DateTime from)
    {
        var found = _follows.FindIndex(f => f >= from && f <= from.AddMinutes(then.WithinMinutes));
        if (found < 0) return false;
        if (!then.Happens) return true;
        _follows.RemoveAt(found);
        return HasChanged = true;
    }

    private void Remember(DateTime at)
    {
        _follows.Add(at);
        _follows.Sort();
        if (_follows.Count > MostFollows) _follows.RemoveAt(0);
        HasChanged = true;
    }

    /// <returns>When the last of enough events in time happened; null while there are not enough.</returns>
    private DateTime? IsFull(TriggerRule rule, DateTime at)
    {
        HasChanged |= rule.Times > 1;
        _times.Add(at);
        _times.Sort();
        if (rule.WithinMinutes is { } minutes)
        {
            var first = _times[^1].AddMinutes(-minutes);
            _times.RemoveAll(t => t < first);
        }
        if (_times.Count < rule.Times) return null;
        var last = _times[^1];
        _times.Clear();
        return last;
    }

    private void Set(TriggerWait? wait) => (Wait, WaitChanged) = (wait, true);
}

/// <summary>The first part of a trigger was met; until <paramref name="DueAt"/> the second can decide it.</summary>
/// <param name="Parameters">Of the event that met the first part, as JSON.</param>
public sealed record TriggerWait(string EventId, DateTime MetAt, DateTime DueAt, string Parameters);

/// <summary>A trigger was met, by this event.</summary>
/// <param name="Parameters">The event's, as JSON.</param>
public sealed record Completion(string EventId, string Parameters);
