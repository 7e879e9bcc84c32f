namespace Optimove.Portal.Sending.Running;

/// <summary>How late a campaign may still start by itself.</summary>
public static class StartWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(2);

    /// <summary>Time a provider needs between the hand-over's last call and the send.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(5);

    /// <summary>The first moment on the provider's grid (minutes counted from the full hour, UTC) that is neither before the plan nor too close.</summary>
    public static DateTimeOffset Next(DateTimeOffset planned, DateTimeOffset now, int gridMinutes)
    {
        var earliest = now + Notice > planned ? now + Notice : planned;
        var grid = TimeSpan.FromMinutes(gridMinutes).Ticks;
        return new(((earliest.UtcTicks + grid - 1) / grid) * grid, TimeSpan.Zero);
    }
}
