using System.Globalization;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Scheduling;

/// <summary>What there is to say about a wall time on a date: whether the provider offers it, and whether the clock shows it once.</summary>
public static class SendTime
{
    /// <summary>The sentence that names the nearest times on the provider's grid; null when the time is on it.</summary>
    /// <param name="gridMinutes">Minutes between possible times, counted from the full hour in UTC.</param>
    public static string? OffGrid(string provider, int gridMinutes, DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var instant = WallClock.ToInstant(date, time, zone);
        var grid = TimeSpan.FromMinutes(gridMinutes).Ticks;
        var below = new DateTimeOffset(instant.UtcTicks / grid * grid, TimeSpan.Zero);
        return below == instant ? null
            : $"{provider} sends on {Name(gridMinutes)} only. Take {Wall(below, zone)} or {Wall(below.AddTicks(grid), zone)}.";
    }

    /// <summary>What the clock does at that time; null on all but two nights of a year.</summary>
    public static string? ClockNote(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var wall = date.ToDateTime(time);
        if (zone.IsInvalidTime(wall))
            return $"The clock in {zone.Id} skips {Text(time)} on {Day(date)}. It goes out at {Wall(WallClock.ToInstant(date, time, zone), zone)}.";
        return zone.IsAmbiguousTime(wall) ? $"The clock in {zone.Id} shows {Text(time)} twice on {Day(date)}. It goes out the first time." : null;
    }

    private static string Name(int minutes) => minutes switch
    {
        15 => "the quarter hour", 30 => "the half hour", 60 => "the full hour", _ => $"every {minutes} minutes",
    };

    private static string Wall(DateTimeOffset instant, TimeZoneInfo zone) => Text(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly date) => date.ToString("d MMMM", CultureInfo.InvariantCulture);
}
