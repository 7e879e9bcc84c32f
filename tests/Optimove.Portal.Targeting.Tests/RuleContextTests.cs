namespace Optimove.Portal.Targeting.Tests;

public class RuleContextTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-06-17", "2026-06-16T22:00")]
    [InlineData("Europe/Paris", "2026-03-29", "2026-03-28T23:00")]
    [InlineData("Europe/Paris", "2026-03-30", "2026-03-29T22:00")]
    // The clock goes from 24:00 to 01:00: the day begins at one.
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00")]
    // The clock goes from 01:00 back to 00:00: the day begins at the first midnight.
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00")]
    [InlineData("UTC", "2026-06-17", "2026-06-17T00:00")]
    public void A_day_begins_at_its_first_instant_in_the_zone(string zone, string day, string instant) =>
        Assert.Equal(DateTime.Parse(instant), Context(zone).StartOfDay(DateOnly.Parse(day)));

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("America/New_York")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Beirut")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void The_instants_of_a_year_fall_on_the_days_that_begin_before_them(string zone)
    {
        var context = Context(zone);
        foreach (var day in Enumerable.Range(0, 730).Select(new DateOnly(2025, 1, 1).AddDays))
        {
            Assert.Equal(day, context.DayOf(context.StartOfDay(day)));
            Assert.Equal(day.AddDays(-1), context.DayOf(context.StartOfDay(day).AddTicks(-1)));
        }
    }

    [Fact]
    public void A_field_that_is_no_column_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Catalogue([new("a\" OR 1=1 --", "A", AttributeType.Text)]));

    private static RuleContext Context(string zone) => new(new([]), new(2026, 6, 17), TimeZoneInfo.FindSystemTimeZoneById(zone));
}
