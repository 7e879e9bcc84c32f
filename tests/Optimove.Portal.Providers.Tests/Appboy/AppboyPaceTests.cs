using Optimove.Portal.Providers.Appboy;
using Optimove.Portal.Providers.Http;
using Optimove.Portal.Providers.Tests.Testing;

namespace Optimove.Portal.Providers.Tests.Appboy;

public sealed class AppboyPaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Rate_headers_are_obeyed_full_speed_while_much_is_left_then_slower_and_never_to_zero()
    {
        var (pace, start) = (new AppboyPace(_clock), _clock.GetUtcNow());
        var reset = start.AddMinutes(10);
        var (remaining, slowFrom) = (5000L, start);
        for (; _clock.GetUtcNow() < reset; remaining--)
        {
            pace.Note(new RateLimit(5000, remaining, reset));
            await _clock.CompleteAsync(pace.WaitAsync(TestContext.Current.CancellationToken), TimeSpan.FromMinutes(2));
            if (remaining > 500) slowFrom = _clock.GetUtcNow();
            Assert.True(remaining > 0, "The hour was used up.");
        }

        Assert.Equal(start, slowFrom);
        Assert.InRange(remaining, 1, 250);
    }

    [Fact]
    public async Task An_hour_that_is_used_up_is_waited_out_and_a_long_wait_is_handed_on()
    {
        var pace = new AppboyPace(_clock);
        var reset = _clock.GetUtcNow().AddMinutes(40);
        pace.Note(new RateLimit(5000, 0, reset));

        var fault = await Assert.ThrowsAsync<ProviderException>(() => pace.WaitAsync(TestContext.Current.CancellationToken));
        pace.Note(new RateLimit(5000, 0, reset.AddMinutes(-39.5)));
        var again = await Assert.ThrowsAsync<ProviderException>(() => pace.WaitAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ProviderFault.RateLimited, TimeSpan.FromMinutes(40)), (fault.Fault, fault.RetryAfter));
        Assert.Equal(fault.RetryAfter, again.RetryAfter);
        Assert.Contains("40 minutes", fault.Message);
    }

    [Fact]
    public async Task An_answer_that_comes_late_does_not_give_calls_back_and_a_new_window_does()
    {
        var pace = new AppboyPace(_clock);
        var reset = _clock.GetUtcNow().AddSeconds(20);
        pace.Note(new RateLimit(5000, 0, reset));
        pace.Note(new RateLimit(5000, 4000, reset));

        await _clock.CompleteAsync(pace.WaitAsync(TestContext.Current.CancellationToken), TimeSpan.FromMinutes(1));
        Assert.Equal(reset, _clock.GetUtcNow());
        await pace.WaitAsync(TestContext.Current.CancellationToken);
    }
}
