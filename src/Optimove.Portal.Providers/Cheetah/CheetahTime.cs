using System.Globalization;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>Cheetah takes a send time as the wall clock of the account's time zone shows it, and names the zone as Windows does, with underscores.</summary>
internal static class CheetahTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    /// <exception cref="ProviderException">There is no such zone, or its clock shows this time twice that day, so that Cheetah could take it for the other one.</exception>
    public static string ToLocal(DateTimeOffset instant, string zoneName)
    {
        var zone = Find(zoneName) ?? throw new ProviderException(ProviderFault.Misconfigured,
            $"\"{zoneName}\" is not the Windows name of a time zone. Correct the account time zone in the connection's settings; until then nothing is sent.");
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        if (zone.IsAmbiguousTime(local))
            throw new ProviderException(ProviderFault.Misconfigured,
                $"In the time zone of the Cheetah account the clock shows {local:HH:mm} twice on {local:yyyy-MM-dd}, and Cheetah cannot be told which one is meant. Choose another send time; until then nothing is sent.");
        return local.ToString(Format, CultureInfo.InvariantCulture);
    }

    /// <summary>The zone of a Windows name with underscores, or null.</summary>
    public static TimeZoneInfo? Find(string zoneName) => TimeZoneInfo.TryFindSystemTimeZoneById(zoneName.Replace('_', ' '), out var zone) && IsWindowsName(zoneName) ? zone : null;

    /// <summary>Whether a time that Cheetah answered is the one that it was given.</summary>
    public static bool IsSame(string? answered, string given) =>
        DateTime.TryParse(answered, CultureInfo.InvariantCulture, DateTimeStyles.None, out var there) && there.ToString(Format, CultureInfo.InvariantCulture) == given;

    private static bool IsWindowsName(string zoneName) => TimeZoneInfo.TryConvertWindowsIdToIanaId(zoneName.Replace('_', ' '), out _);
}
