namespace Optimove.Portal.Providers.Tests.Testing;

/// <summary>The real clock, moved by as much as a test wants.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;

    public void Advance(TimeSpan by) => _shift += by;
}
