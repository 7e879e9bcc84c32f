using System.Globalization;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Salesforce's server time: six hours behind UTC all year round, without a zone mark, and for a send time in whole minutes.</summary>
internal static class ServerTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(-6);

    public static string Write(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? null
        : time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, Offset) : time.ToUniversalTime();
}
