namespace Optimove.Portal.Providers.Tests.Testing;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;
    public override long GetTimestamp() => _now.UtcTicks;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock from timer to timer, but never further than one step at once, until the work is done.</summary>
    public async Task CompleteAsync(Task work, TimeSpan longestStep)
    {
        var deadline = System.GetTimestamp();
        while (!work.IsCompleted)
        {
            if (System.GetElapsedTime(deadline) > TimeSpan.FromSeconds(20))
                throw new TimeoutException("The work waits for something that the clock does not hold.");
            if (!TryStep(longestStep))
                await Task.Delay(1);
        }
        await work;
    }

    private bool TryStep(TimeSpan longestStep)
    {
        ManualTimer? next;
        lock (_lock)
        {
            next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due - _now > longestStep)
                return false;
            _now = next.Due > _now ? next.Due : _now;
            _timers.Remove(next);
        }
        next.Fire();
        return true;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock._now + dueTime;
                clock._timers.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
