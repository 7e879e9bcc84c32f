using System.Globalization;

namespace Optimove.Portal.Ui;

public static partial class Format
{
    private static readonly CultureInfo Words = CultureInfo.InvariantCulture;

    /// <summary>"10:00 Europe/Paris = 08:00 UTC"; when the two fall on different days the UTC side says so.</summary>
    public static string Time(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var utc = moment.ToUniversalTime();
        if (IsUtc(zone))
            return utc.ToString("HH:mm", Words) + " UTC";
        var days = DateOnly.FromDateTime(utc.DateTime).DayNumber - DateOnly.FromDateTime(local.DateTime).DayNumber;
        var day = days switch { < 0 => " the day before", > 0 => " the day after", _ => "" };
        return $"{local.ToString("HH:mm", Words)} {zone.Id} = {utc.ToString("HH:mm", Words)} UTC{day}";
    }

    /// <summary>"Wed 17 June 2026, 10:00 Europe/Paris = 08:00 UTC".</summary>
    public static string DateAndTime(DateTimeOffset moment, TimeZoneInfo zone) => $"{Date(LocalDay(moment, zone))}, {Time(moment, zone)}";

    /// <summary>"10:00" on the zone's clock: only where the zone is written beside it.</summary>
    public static string Clock(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("HH:mm", Words);

    /// <summary>"17 June, 02:21" on the zone's clock: for rows of a table whose head names the zone.</summary>
    public static string ShortMoment(DateTimeOffset moment, TimeZoneInfo zone) => $"{DayMonth(LocalDay(moment, zone))}, {Clock(moment, zone)}";

    /// <summary>"Wed 17 June 2026".</summary>
    public static string Date(DateOnly day) => day.ToString("ddd d MMMM yyyy", Words);

    /// <summary>"17 June".</summary>
    public static string DayMonth(DateOnly day) => day.ToString("d MMMM", Words);

    /// <summary>"17 Jun": for axis ticks.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", Words);

    /// <summary>The calendar day that a moment falls on in a zone.</summary>
    public static DateOnly LocalDay(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>"88 ms", "3.4 s", "41 s", "12 min 05 s", "2 h 05 min", "3 days 4 h": the two largest units that matter.</summary>
    public static string Duration(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            return Minus + Duration(span.Negate());
        if (span.TotalMilliseconds < 999.5)
            return Figure(span.TotalMilliseconds, 0) + Space + "ms";
        if (span.TotalSeconds < 9.95)
            return Figure(span.TotalSeconds, 1) + Space + "s";
        var seconds = (long)Math.Round(span.TotalSeconds);
        if (seconds < 60)
            return seconds + Space + "s";
        if (seconds < 3600)
            return Two(seconds / 60, "min", seconds % 60, "s");
        var minutes = (long)Math.Round(span.TotalMinutes);
        if (minutes < 24 * 60)
            return Two(minutes / 60, "h", minutes % 60, "min");
        var hours = (long)Math.Round(span.TotalHours);
        var days = Number(hours / 24) + Space + (hours / 24 == 1 ? "day" : "days");
        return hours % 24 == 0 ? days : days + " " + hours % 24 + Space + "h";
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? large + Space + largeUnit : large + Space + largeUnit + " " + small.ToString("00", Style) + Space + smallUnit;

    private static bool IsUtc(TimeZoneInfo zone) => zone.Id is "UTC" or "Etc/UTC" or "Etc/GMT" or "Zulu";
}
