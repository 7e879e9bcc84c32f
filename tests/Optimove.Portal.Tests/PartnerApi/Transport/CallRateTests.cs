using Optimove.Portal.PartnerApi.Transport;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.PartnerApi.Transport;

public sealed class CallRateTests
{
    [Fact]
    public void A_window_takes_its_limit_and_begins_anew_when_it_has_ended()
    {
        var clock = new ManualTimeProvider("2026-03-01 09:30");
        var rate = new CallRate(clock);
        for (var i = 0; i < 50; i++) Assert.Null(rate.Take("a", 50, CallRate.Window));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(6, rate.Take("a", 50, CallRate.Window));
        Assert.Null(rate.Take("b", 50, CallRate.Window));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(rate.Take("a", 50, CallRate.Window));
    }
}
