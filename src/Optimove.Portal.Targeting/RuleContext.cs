namespace Optimove.Portal.Targeting;

/// <summary>What a rule's words mean tonight: the tenant's catalogue, the day that the data is of, and the zone whose days count.</summary>
public sealed record RuleContext(Catalogue Catalogue, DateOnly DataDate, TimeZoneInfo Zone)
{
    /// <summary>The first instant of the day in the tenant's zone, in UTC; where the clock skips midnight, the instant after the gap.</summary>
    public DateTime StartOfDay(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        return DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
    }

    /// <summary>The day that it is in the tenant's zone at this instant in UTC.</summary>
    public DateOnly DayOf(DateTime instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(instant, DateTimeKind.Utc), Zone));
}
