using System.Globalization;

namespace Optimove.Portal.Twins.Wire;

/// <summary>Moments as the wire writes them: whole seconds, ISO 8601, always with the offset of UTC.</summary>
public static class Moments
{
    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset? moment) => moment is { } known ? Write(known) : "";

    public static bool TryRead(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    public static DateTimeOffset WholeSeconds(DateTimeOffset moment) => new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
