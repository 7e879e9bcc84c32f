namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>Whether a scheduled campaign may still be changed.</summary>
public static class EditWindow
{
    /// <summary>Open until the occurrence locks; and again while it is held before its list was made, so that the cause can be mended.</summary>
    public static bool IsOpen(Occurrence o, DateTimeOffset now) =>
        o.CancelledAt is null && o.ListedAt is null && (IsBeforeLock(o, now) || o.State == OccurrenceState.Held);

    /// <summary>Whether nobody has begun to work on it.</summary>
    public static bool IsBeforeLock(Occurrence o, DateTimeOffset now) => o is { State: OccurrenceState.Scheduled, LeaseOwner: null } && now < o.LocksAt;

    public static void MustBeOpen(Occurrence o, DateTimeOffset now)
    {
        if (!IsOpen(o, now)) throw new RefusedException("It is locked: its list is made or being made. It can be cancelled, or copied and sent again.");
    }
}
