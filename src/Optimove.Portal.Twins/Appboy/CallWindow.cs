namespace Optimove.Portal.Twins.Appboy;

/// <summary>What is left of a window after a call.</summary>
internal readonly record struct Quota(int Limit, int Remaining, DateTimeOffset Reset, bool Allowed);

/// <summary>A number of calls per stretch of time; the stretches turn on the clock, an hour's on the full hour.</summary>
internal sealed class CallWindow(int limit, TimeSpan per)
{
    private long _stretch;
    private int _used;

    public int Limit { get; set; } = limit;

    public Quota Take(DateTimeOffset now, int calls = 1)
    {
        var stretch = now.UtcTicks / per.Ticks;
        if (stretch != _stretch) (_stretch, _used) = (stretch, 0);
        var allowed = _used + calls <= Limit;
        if (allowed) _used += calls;
        return new Quota(Limit, Limit - _used, new DateTimeOffset((stretch + 1) * per.Ticks, TimeSpan.Zero), allowed);
    }
}
