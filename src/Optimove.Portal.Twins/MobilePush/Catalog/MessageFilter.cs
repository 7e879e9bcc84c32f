using System.Globalization;
using System.Text.RegularExpressions;

namespace Optimove.Portal.Twins.MobilePush.Catalog;

/// <summary>One comparison of <c>$filter</c>, for example <c>status eq '2'</c> or <c>name like 'UK_%'</c>.</summary>
internal static partial class MessageFilter
{
    /// <summary>Null when the text is no comparison that the listing knows; everything passes where there is none.</summary>
    public static Func<PushMessage, bool>? Of(string? text)
    {
        if (text is null) return _ => true;
        var parts = Comparison().Match(text);
        if (!parts.Success) return null;
        var value = parts.Groups["value"].Value;
        Func<PushMessage, string>? field = parts.Groups["field"].Value switch
        {
            "name" => m => m.Name,
            "status" => m => m.Status.ToString(CultureInfo.InvariantCulture),
            "messageType" => m => m.MessageType.ToString(CultureInfo.InvariantCulture),
            "contentType" => m => m.ContentType.ToString(CultureInfo.InvariantCulture),
            "sendInitiator" => m => m.SendInitiator.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (field is null) return null;
        return parts.Groups["is"].Value switch
        {
            "eq" => m => field(m) == value,
            "neq" => m => field(m) != value,
            "lt" => m => string.CompareOrdinal(field(m), value) < 0,
            "lte" => m => string.CompareOrdinal(field(m), value) <= 0,
            "gt" => m => string.CompareOrdinal(field(m), value) > 0,
            "gte" => m => string.CompareOrdinal(field(m), value) >= 0,
            _ => m => field(m).Contains(value.Trim('%'), StringComparison.OrdinalIgnoreCase),
        };
    }

    [GeneratedRegex(@"\A\s*(?<field>[A-Za-z]+)\s+(?<is>eq|neq|lte|lt|gte|gt|like)\s+'?(?<value>[^']*)'?\s*\z")]
    private static partial Regex Comparison();
}
