using System.Globalization;
using System.Text.Json;

namespace Optimove.Portal.Twins.Partner;

/// <summary>A message that the partner's programs sent at once, because they were told that a customer met a trigger.</summary>
internal sealed record TriggeredMessage(int CampaignId, long TemplateId, string CustomerId, DateTimeOffset SentAt)
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss"];

    /// <param name="notice">The body of event 11.</param>
    public static TriggeredMessage Of(string notice)
    {
        using var json = JsonDocument.Parse(notice);
        var told = json.RootElement;
        return new(int.Parse(told.GetProperty("campaignID").GetString()!, CultureInfo.InvariantCulture), told.GetProperty("templateID").GetInt64(), told.GetProperty("customerID").GetString()!,
            DateTimeOffset.ParseExact(told.GetProperty("timeStamp").GetString()!, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }
}
