using FsCheck;
using FsCheck.Fluent;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.Campaigns.Scheduling;

public sealed class SendPlanTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly TimeOnly Night = new(2, 0);
    private static readonly DateOnly Spring = new(2026, 3, 29), Autumn = new(2026, 10, 25);

    // Half of the days are the two on which the clock changes, or their neighbours.
    private static readonly Gen<(DateOnly Date, TimeOnly Time, TimeOnly Night, double HoursBefore)> Plans =
        from near in Gen.Choose(0, 1)
        from clockDay in Gen.Elements(Spring, Autumn)
        from off in Gen.Choose(-1, 1)
        from any in Gen.Choose(0, 364)
        from quarter in Gen.Choose(0, 95)
        from night in Gen.Choose(0, 95)
        from before in Gen.Choose(45, 60 * 24 * 5)
        select (near == 0 ? clockDay.AddDays(off) : new DateOnly(2026, 1, 1).AddDays(any), TimeOnly.MinValue.AddMinutes(quarter * 15), TimeOnly.MinValue.AddMinutes(night * 15), before / 60.0);

    [Fact]
    public void It_locks_at_a_night_at_least_an_hour_before_it_goes_out_or_five_minutes_from_now() =>
        ForAll(Plans, p =>
        {
            var sendAt = WallClock.ToInstant(p.Date, p.Time, Paris);
            var now = sendAt.AddHours(-p.HoursBefore);
            var plan = SendPlan.Make(p.Date, p.Time, Paris, p.Night, now);
            Assert.Equal(sendAt, plan.SendAt);
            Assert.True(plan.LocksAt >= now.AddMinutes(5), "locks too soon");
            Assert.True(plan.LocksAt < plan.SendAt, "locks after it goes out");
            if (plan.LocksAt == now.AddMinutes(5)) return;
            Assert.True(plan.LocksAt <= sendAt.AddHours(-1), "locks less than an hour before");
            Assert.True(plan.LocksAt > sendAt.AddHours(-27), "a later night would have done");
            Assert.Equal(WallClock.LastAtOrBefore(plan.LocksAt, p.Night, Paris), plan.LocksAt);
        });

    [Fact]
    public void The_clock_on_the_wall_shows_the_time_that_was_chosen_or_the_first_after_the_gap() =>
        ForAll(Plans, p =>
        {
            var wall = TimeZoneInfo.ConvertTime(SendPlan.Make(p.Date, p.Time, Paris, p.Night, DateTimeOffset.UnixEpoch).SendAt, Paris).DateTime;
            var chosen = p.Date.ToDateTime(p.Time);
            Assert.Equal(Paris.IsInvalidTime(chosen) ? chosen.AddHours(1) : chosen, wall);
        });

    [Fact]
    public void A_quarter_hour_in_Paris_is_a_quarter_hour_in_UTC_on_every_day_of_the_year() =>
        ForAll(Plans, p => Assert.Null(SendTime.OffGrid("MailChimp", 15, p.Date, p.Time, Paris)));

    [Theory]
    // On Thursday morning it locks with the night before.
    [InlineData("2026-06-16 08:00", "2026-06-18", "10:00", "2026-06-18 00:00")]
    // Shortly after the night there is no hour left before it, so the night before that counts.
    [InlineData("2026-06-16 08:00", "2026-06-18", "02:30", "2026-06-17 00:00")]
    // Exactly an hour after the night begins is enough.
    [InlineData("2026-06-16 08:00", "2026-06-18", "03:00", "2026-06-18 00:00")]
    // The night of a send today is over.
    [InlineData("2026-06-16 08:00", "2026-06-16", "12:00", "2026-06-16 08:05")]
    // On the spring day 02:00 does not exist; the night begins as the clock shows 03:00, which is 01:00 UTC.
    [InlineData("2026-03-20 08:00", "2026-03-29", "10:00", "2026-03-29 01:00")]
    // On the autumn day 02:00 comes twice; the night begins the first time, 00:00 UTC.
    [InlineData("2026-10-20 08:00", "2026-10-25", "10:00", "2026-10-25 00:00")]
    public void The_lock_of_some_sends(string nowUtc, string date, string time, string locksUtc)
    {
        var plan = SendPlan.Make(DateOnly.Parse(date), TimeOnly.Parse(time), Paris, Night, DateTimeOffset.Parse(nowUtc + "Z"));
        Assert.Equal(DateTimeOffset.Parse(locksUtc + "Z"), plan.LocksAt);
    }

    [Theory]
    [InlineData("10:10", "MailChimp sends on the quarter hour only. Take 10:00 or 10:15.")]
    [InlineData("23:50", "MailChimp sends on the quarter hour only. Take 23:45 or 00:00.")]
    [InlineData("10:15", null)]
    public void A_time_beside_the_quarter_hour_is_answered_with_the_two_next_to_it(string time, string? sentence) =>
        Assert.Equal(sentence, SendTime.OffGrid("MailChimp", 15, new(2026, 6, 18), TimeOnly.Parse(time), Paris));

    [Fact]
    public void A_time_on_a_grid_in_UTC_is_asked_for_on_the_wall_of_a_zone_beside_it()
    {
        var kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");
        Assert.Equal("Post sends on the full hour only. Take 09:45 or 10:45.", SendTime.OffGrid("Post", 60, new(2026, 6, 18), new(10, 0), kathmandu));
        Assert.Null(SendTime.OffGrid("Post", 60, new(2026, 6, 18), new(10, 45), kathmandu));
    }

    [Fact]
    public void What_the_clock_does_is_said_on_two_nights_only()
    {
        Assert.Equal("The clock in Europe/Paris skips 02:30 on 29 March. It goes out at 03:30.", SendTime.ClockNote(Spring, new(2, 30), Paris));
        Assert.Equal("The clock in Europe/Paris shows 02:30 twice on 25 October. It goes out the first time.", SendTime.ClockNote(Autumn, new(2, 30), Paris));
        Assert.Null(SendTime.ClockNote(Spring, new(10, 0), Paris));
    }

    private static void ForAll<T>(Gen<T> gen, Action<T> body) => Prop.ForAll(gen.ToArbitrary(), body).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
