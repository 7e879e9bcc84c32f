using System.Globalization;
using System.Net.Http.Headers;

namespace Optimove.Portal.Providers.Http;

/// <summary>What an answer says of the caller's quota in its <c>X-RateLimit-*</c> headers: calls per window, calls left, and when the window turns.</summary>
public sealed record RateLimit(long Limit, long Remaining, DateTimeOffset Reset)
{
    /// <summary>Null unless all three headers are there and readable.</summary>
    public static RateLimit? Of(HttpResponseHeaders headers) =>
        Read(headers, "X-RateLimit-Limit") is { } limit && Read(headers, "X-RateLimit-Remaining") is { } remaining && Read(headers, "X-RateLimit-Reset") is >= 0 and <= 253402300799 and var reset
            ? new RateLimit(limit, remaining, DateTimeOffset.FromUnixTimeSeconds(reset)) : null;

    private static long? Read(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
