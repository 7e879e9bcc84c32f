using System.Globalization;

namespace Optimove.Portal.Channels.Partners;

/// <summary>Times as programs of partners and clients read them.</summary>
public static class WireTime
{
    /// <summary>yyyy-MM-dd HH:mm:ss, UTC, without a zone mark.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
