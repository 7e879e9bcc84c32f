using System.Globalization;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>The server's clock: six hours behind UTC all year round, written without a zone mark.</summary>
internal static class ServerTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(-6);

    public static string? Write(DateTimeOffset? time) => time?.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A send time, <c>yyyy-MM-dd HH:mm</c> and nothing else.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var server);
        time = read ? new DateTimeOffset(server, Offset).ToUniversalTime() : default;
        return read;
    }
}
