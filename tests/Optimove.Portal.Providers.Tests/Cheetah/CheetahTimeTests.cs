using System.Globalization;
using Optimove.Portal.Providers.Cheetah;

namespace Optimove.Portal.Providers.Tests.Cheetah;

public sealed class CheetahTimeTests
{
    [Theory]
    [InlineData("2026-01-15T10:00Z", "Central_Standard_Time", "2026-01-15T04:00:00")]
    [InlineData("2026-07-15T10:00Z", "Central_Standard_Time", "2026-07-15T05:00:00")]
    [InlineData("2026-07-15T10:00Z", "GMT_Standard_Time", "2026-07-15T11:00:00")]
    [InlineData("2026-07-15T22:00Z", "Tokyo_Standard_Time", "2026-07-16T07:00:00")]
    public void A_send_time_is_told_as_the_clock_of_the_account_shows_it(string instant, string zone, string local) => Assert.Equal(local, CheetahTime.ToLocal(At(instant), zone));

    [Theory]
    [InlineData("2026-03-08T07:59Z", "2026-03-08T01:59:00")]
    [InlineData("2026-03-08T08:00Z", "2026-03-08T03:00:00")]
    public void On_the_day_when_the_clock_jumps_ahead_no_skipped_time_is_told(string instant, string local) => Assert.Equal(local, CheetahTime.ToLocal(At(instant), "Central_Standard_Time"));

    [Theory]
    [InlineData("2026-11-01T05:59Z", "2026-11-01T00:59:00")]
    [InlineData("2026-11-01T08:00Z", "2026-11-01T02:00:00")]
    public void On_the_day_when_the_clock_goes_back_times_around_the_repeated_hour_are_told(string instant, string local) => Assert.Equal(local, CheetahTime.ToLocal(At(instant), "Central_Standard_Time"));

    [Theory]
    [InlineData("2026-11-01T06:30Z")]
    [InlineData("2026-11-01T07:30Z")]
    public void A_time_that_the_clock_shows_twice_is_refused_because_Cheetah_could_take_it_for_the_other(string instant)
    {
        var refused = Assert.Throws<ProviderException>(() => CheetahTime.ToLocal(At(instant), "Central_Standard_Time"));

        Assert.Equal(ProviderFault.Misconfigured, refused.Fault);
        Assert.Contains("01:30 twice on 2026-11-01", refused.Message);
    }

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("Middle_Earth_Standard_Time")]
    public void A_zone_that_Windows_does_not_know_is_refused_by_name(string zone) =>
        Assert.Contains(zone, Assert.Throws<ProviderException>(() => CheetahTime.ToLocal(At("2026-07-15T10:00Z"), zone)).Message);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
