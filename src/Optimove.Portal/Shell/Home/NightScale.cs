namespace Optimove.Portal.Shell.Home;

/// <summary>The time axis of a night: from the mark before its first bar to the mark after its last, or after now where now is near.</summary>
public sealed class NightScale
{
    private static readonly int[] Minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180];
    private static readonly TimeSpan Near = TimeSpan.FromHours(12);

    public NightScale(IReadOnlyList<NightBar> bars, DateTimeOffset now)
    {
        var (first, last) = (bars.Min(b => b.From), bars.Max(b => b.To));
        HasNow = now >= first && now - first <= Near;
        if (HasNow && now > last) last = now;
        Step = TimeSpan.FromMinutes(Minutes.FirstOrDefault(m => (last - first).TotalMinutes / m <= 8, 240));
        From = new(first.UtcTicks / Step.Ticks * Step.Ticks, TimeSpan.Zero);
        To = new((last.UtcTicks / Step.Ticks + 1) * Step.Ticks, TimeSpan.Zero);
    }

    public DateTimeOffset From { get; }
    public DateTimeOffset To { get; }
    public TimeSpan Step { get; }
    /// <summary>Whether now lies on the axis.</summary>
    public bool HasNow { get; }

    /// <summary>Where a moment lies, 0 at the beginning and 1 at the end.</summary>
    public double At(DateTimeOffset moment) => Math.Clamp((moment - From) / (To - From), 0, 1);

    public IEnumerable<DateTimeOffset> Marks
    {
        get
        {
            for (var mark = From; mark <= To; mark += Step) yield return mark;
        }
    }
}
