namespace Optimove.Portal.Data.Clock;

/// <summary>The product's clock: the real time, in development moved ahead by what the database says. Timers run in real time.</summary>
public sealed class PortalClock : TimeProvider
{
    private long _aheadTicks;

    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _aheadTicks));
        set => Interlocked.Exchange(ref _aheadTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
