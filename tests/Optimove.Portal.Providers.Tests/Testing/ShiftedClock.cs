namespace Optimove.Portal.Providers.Tests.Testing;

/// <summary>
/// The real clock, first moved to ten past ten of the next day (UTC) and then by as much as a test wants: limits that turn with the hour or the day
/// do not turn within a test.
/// </summary>
public sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _shift = System.GetUtcNow().Date.AddDays(1) + new TimeSpan(10, 10, 0) - System.GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;

    public void Advance(TimeSpan by) => _shift += by;
}
