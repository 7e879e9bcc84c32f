namespace Optimove.Portal.Twins.MobilePush.Sends;

/// <summary>One accepted send call. Everything about it follows from these moments and the clock; only withdrawing its message changes it.</summary>
public sealed class PushSend
{
    public required string TokenId { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>When the account's throughput had room for it.</summary>
    public required DateTimeOffset TakenUpAt { get; init; }
    /// <summary>As it was given; null, or a time that has passed, sends at once.</summary>
    public DateTimeOffset? SendTime { get; init; }
    /// <summary>Keys in the call, unknown ones included.</summary>
    public required int Asked { get; init; }
    /// <summary>Numbers of the contacts whom it reaches.</summary>
    public required IReadOnlyList<int> Contacts { get; init; }
    /// <summary>Its message was withdrawn before it began.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    public DateTimeOffset StartsAt() => SendTime > TakenUpAt ? SendTime.Value : TakenUpAt;

    public bool HasStarted(DateTimeOffset now) => StoppedAt is null && StartsAt() <= now;

    /// <summary>How many were sent by now, evenly over the time that sending takes.</summary>
    public int CountAt(DateTimeOffset now, TimeSpan takes) =>
        !HasStarted(now) ? 0 : now - StartsAt() >= takes ? Contacts.Count : (int)(Contacts.Count * ((now - StartsAt()) / takes));

    public DateTimeOffset? CompletedAt(DateTimeOffset now, TimeSpan takes) => StoppedAt is null && StartsAt() + takes <= now ? StartsAt() + takes : null;

    public string StatusAt(DateTimeOffset now, TimeSpan takes) =>
        StoppedAt is not null ? "Stopped"
        : CompletedAt(now, takes) is not null ? "Finished"
        : HasStarted(now) ? "InProgress"
        : TakenUpAt > now ? "Queued" : "Scheduled";
}
