using System.Globalization;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>Values of attributes as programs send them: always texts, days as yyyy-MM-dd, times with or without a zone (UTC then), yes and no as true, false, 1 or 0.</summary>
public static class AttributeInput
{
    private const decimal Beyond = 1_000_000_000_000_000m;

    /// <returns>The value as PostgreSQL takes it for the type, or null where it does not fit.</returns>
    public static string? Parse(AttributeType type, int? length, string text) => type switch
    {
        AttributeType.Text => text.Length <= (length ?? int.MaxValue) ? text : null,
        AttributeType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? text : null,
        AttributeType.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Round(Math.Abs(number), 4, MidpointRounding.AwayFromZero) < Beyond
            ? text : null,
        AttributeType.Boolean => text.ToUpperInvariant() switch { "TRUE" or "1" => "true", "FALSE" or "0" => "false", _ => null },
        AttributeType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
        _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture) : null,
    };
}
