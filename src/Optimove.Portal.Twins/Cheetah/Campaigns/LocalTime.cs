using System.Globalization;
using System.Text.Json.Nodes;

namespace Optimove.Portal.Twins.Cheetah.Campaigns;

/// <summary>A campaign's time: a wall clock without a zone, and a Windows zone name with underscores beside it.</summary>
internal static class LocalTime
{
    /// <summary>Why the schedule cannot be read; null when it can, or when there is none.</summary>
    public static string? Problem(JsonObject campaign)
    {
        if (Schedule(campaign) is not { } schedule) return null;
        if (Zone(schedule) is null) return "The timeZone is not known.";
        return Wall(schedule) is null ? "The startTime is not a local date and time." : null;
    }

    /// <summary>The instant that the schedule means. A time that comes twice is the later one: that is what the .NET framework makes of it.</summary>
    public static DateTimeOffset? ReadSchedule(JsonObject campaign)
    {
        if (Schedule(campaign) is not { } schedule || Zone(schedule) is not { } zone || Wall(schedule) is not { } wall) return null;
        return new DateTimeOffset(wall, zone.IsInvalidTime(wall) ? zone.GetUtcOffset(wall.AddHours(-3)) : zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    private static JsonObject? Schedule(JsonObject campaign) => (campaign["campParam"] as JsonObject)?["sendSchedule"] as JsonObject;

    private static TimeZoneInfo? Zone(JsonObject schedule) =>
        schedule["timeZone"] is JsonValue value && value.TryGetValue<string>(out var name) && !name.Contains(' ')
        && TimeZoneInfo.TryConvertWindowsIdToIanaId(name.Replace('_', ' '), out var iana) && TimeZoneInfo.TryFindSystemTimeZoneById(iana, out var zone) ? zone : null;

    private static DateTime? Wall(JsonObject schedule) =>
        schedule["startTime"] is JsonValue value && value.TryGetValue<string>(out var text)
        && DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? wall : null;
}
