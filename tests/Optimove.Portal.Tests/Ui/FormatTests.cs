using System.Globalization;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Tests.Ui;

public sealed class FormatTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u2212', '-');

    [Theory]
    [InlineData(0, "0")]
    [InlineData(52310, "52,310")]
    [InlineData(-7629, "-7,629")]
    [InlineData(10_000_000, "10,000,000")]
    public void Numbers_are_grouped_by_thousands(long value, string expected) => Assert.Equal(expected, Plain(Format.Number(value)));

    [Fact]
    public void A_negative_number_has_a_real_minus_sign() => Assert.Equal("\u22127,629", Format.Number(-7629));

    [Theory]
    [InlineData(4.6923, 1, "4.7")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(double.NaN, 1, "\u2013")]
    [InlineData(double.PositiveInfinity, 1, "\u2013")]
    public void A_rounded_number_is_never_minus_zero_and_an_undefined_one_is_a_dash(double value, int decimals, string expected) =>
        Assert.Equal(expected, Plain(Format.Number(value, decimals)));

    [Theory]
    [InlineData(0.115, 1, "11.5 %")]
    [InlineData(0.0027, 2, "0.27 %")]
    [InlineData(1, 1, "100.0 %")]
    public void A_share_reads_as_per_cent(double share, int decimals, string expected) => Assert.Equal(expected, Plain(Format.Percent(share, decimals)));

    [Theory]
    [InlineData(0.1, "10 %")]
    [InlineData(0.114, "11.4 %")]
    [InlineData(1, "100 %")]
    [InlineData(0, "0 %")]
    public void A_planned_share_drops_trailing_zeros(double share, string expected) => Assert.Equal(expected, Plain(Format.ShortPercent(share)));

    [Fact]
    public void The_space_before_the_per_cent_sign_does_not_break() => Assert.Equal("11.5\u00A0%", Format.Percent(0.115));

    [Theory]
    [InlineData(0.0115, "+1.15 pt")]
    [InlineData(-0.0018, "-0.18 pt")]
    [InlineData(0.00001, "0.00 pt")]
    public void A_difference_of_shares_is_in_signed_points(double value, string expected) => Assert.Equal(expected, Plain(Format.Points(value)));

    [Theory]
    [InlineData(32012.4, "EUR", 0, "€32,012")]
    [InlineData(-7629, "EUR", 0, "-€7,629")]
    [InlineData(4.4306, "GBP", 2, "£4.43")]
    [InlineData(1200, "chf", 0, "CHF 1,200")]
    [InlineData(-0.3, "EUR", 0, "€0")]
    public void Money_wears_the_sign_of_its_currency(double value, string currency, int decimals, string expected)
    {
        Assert.Equal(expected, Plain(Format.Money(value, currency, decimals)));
        Assert.Equal(expected, Plain(Format.Money((decimal)value, currency, decimals)));
    }

    [Theory]
    [InlineData(1200, "+€1,200")]
    [InlineData(-1200, "-€1,200")]
    [InlineData(0, "€0")]
    public void A_gain_in_money_is_signed(double value, string expected) => Assert.Equal(expected, Plain(Format.SignedMoney(value, "EUR")));

    [Theory]
    [InlineData(0, "€0")]
    [InlineData(0.25, "€0.25")]
    [InlineData(5000, "€5,000")]
    [InlineData(10_000, "€10k")]
    [InlineData(-10_000, "-€10k")]
    [InlineData(2_500_000, "€2.5m")]
    [InlineData(999_960, "€1m")]
    [InlineData(3_000_000_000, "€3bn")]
    public void Ticks_use_short_money(double value, string expected) => Assert.Equal(expected, Plain(Format.ShortMoney(value, "EUR")));

    [Theory]
    [InlineData(1, "1 customer")]
    [InlineData(0, "0 customers")]
    [InlineData(52310, "52,310 customers")]
    public void A_count_agrees_with_its_noun(long value, string expected) => Assert.Equal(expected, Format.Count(value, "customer"));

    [Theory]
    [InlineData(0.0002, "< 0.001")]
    [InlineData(0.0021, "= 0.002")]
    [InlineData(0.588, "= 0.59")]
    public void Small_probabilities_are_bounded_not_spelled_out(double p, string expected) => Assert.Equal(expected, Plain(Format.Probability(p)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(12_400_000, "12.4 MB")]
    [InlineData(999_999, "1.0 MB")]
    public void Bytes_are_in_the_largest_unit(long value, string expected) => Assert.Equal(expected, Plain(Format.Bytes(value)));

    [Fact]
    public void A_time_names_its_zone_and_UTC()
    {
        var moment = new DateTimeOffset(2026, 6, 17, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal("10:00 Europe/Paris = 08:00 UTC", Format.Time(moment, Paris));
        Assert.Equal("Wed 17 June 2026, 10:00 Europe/Paris = 08:00 UTC", Format.DateAndTime(moment, Paris));
        Assert.Equal("17 June, 10:00", Format.ShortMoment(moment, Paris));
        Assert.Equal("08:00 UTC", Format.Time(moment.ToOffset(TimeSpan.FromHours(5)), TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_time_whose_UTC_day_differs_says_so()
    {
        var early = new DateTimeOffset(2026, 6, 16, 22, 30, 0, TimeSpan.Zero);
        Assert.Equal("00:30 Europe/Paris = 22:30 UTC the day before", Format.Time(early, Paris));
        Assert.Equal("Wed 17 June 2026", Format.Date(Format.LocalDay(early, Paris)));
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Assert.Equal("21:00 America/New_York = 01:00 UTC the day after",
            Format.Time(new DateTimeOffset(2026, 6, 17, 1, 0, 0, TimeSpan.Zero), newYork));
    }

    [Theory]
    [InlineData(88, "88 ms")]
    [InlineData(3_400, "3.4 s")]
    [InlineData(9_960, "10 s")]
    [InlineData(59_700, "1 min")]
    [InlineData(725_000, "12 min 05 s")]
    [InlineData(3_600_000, "1 h")]
    [InlineData(7_500_000, "2 h 05 min")]
    [InlineData(86_400_000, "1 day")]
    [InlineData(273_600_000, "3 days 4 h")]
    [InlineData(-41_000, "-41 s")]
    public void A_duration_has_at_most_two_units(long milliseconds, string expected) =>
        Assert.Equal(expected, Plain(Format.Duration(TimeSpan.FromMilliseconds(milliseconds))));

    [Fact]
    public void The_culture_of_the_server_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("€1,234.50", Format.Money(1234.5m, "EUR", 2));
            Assert.Equal("Wed 17 June 2026", Format.Date(new DateOnly(2026, 6, 17)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
