namespace Optimove.Portal.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new("2026-03-01 09:00");

    [Fact]
    public void It_stands_still_until_moved()
    {
        Assert.Equal(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), _clock.GetUtcNow());
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period_at_its_time()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = _clock.CreateTimer(_ => fired.Add(_clock.GetUtcNow()), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        _clock.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal([1, 11, 21], fired.Select(t => t.Minute));
        Assert.Equal(25, _clock.GetUtcNow().Minute);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_reaches_it()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _clock, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        var fired = 0;
        _clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)).Dispose();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, fired);
    }
}
