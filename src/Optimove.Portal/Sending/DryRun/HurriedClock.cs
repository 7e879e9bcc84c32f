namespace Optimove.Portal.Sending.DryRun;

/// <summary>The clock of a dry run: it begins at the moment of the hand-over, stands still while work goes on, and jumps over every wait, which takes no time.</summary>
internal sealed class HurriedClock(DateTimeOffset begins) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = begins;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    /// <summary>Moves on; never back.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        lock (_lock)
            if (moment > _now) _now = moment;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return System.CreateTimer(callback, state, dueTime, period);
        MoveTo(GetUtcNow() + dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
