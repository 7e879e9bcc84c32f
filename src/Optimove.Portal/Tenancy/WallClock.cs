namespace Optimove.Portal.Tenancy;

/// <summary>
/// From a wall date and time in a zone to the instant. A time that the clock skips (spring) means the same distance after the gap began;
/// a time that comes twice (autumn) means the first.
/// </summary>
public static class WallClock
{
    public static DateTimeOffset ToInstant(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var wall = date.ToDateTime(time);
        if (zone.IsInvalidTime(wall))
        {
            // Read with the offset before the gap, 02:30 that does not exist is the instant that the clock shows as 03:30.
            return new DateTimeOffset(wall, zone.GetUtcOffset(wall.AddHours(-3))).ToUniversalTime();
        }
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>The last time the wall clock showed <paramref name="time"/> at or before an instant.</summary>
    public static DateTimeOffset LastAtOrBefore(DateTimeOffset instant, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var today = ToInstant(day, time, zone);
        return today <= instant ? today : ToInstant(day.AddDays(-1), time, zone);
    }
}
