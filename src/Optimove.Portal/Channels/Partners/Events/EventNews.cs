using System.Text;
using System.Text.Json;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>Something that listeners are told of, except that a trigger was met. One listener's program refuses a notice with one member more than these.</summary>
/// <param name="Type">As <see cref="EventListener.EventType"/>.</param>
/// <param name="Campaign">The number of the campaign on a date; null for news of the whole client.</param>
/// <param name="Channel">The channel that it is about: listeners of another channel are not told.</param>
/// <param name="ClearBy">Until when a campaign on hold can still go out.</param>
public sealed record EventNews(int Type, int? Campaign = null, int? Channel = null, DateTimeOffset? ClearBy = null)
{
    public const int CampaignProcessed = 1, AllProcessed = 2, DataUpdated = 3, CampaignCancelled = 4, CampaignOnHold = 5, TriggerMet = 11, ChannelExecuted = 13;

    /// <summary>The JSON that is posted: times in UTC without a zone mark.</summary>
    public string Body(DateTimeOffset at)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("EventTypeID", Type);
            json.WriteString("TimeStamp", WireTime.Of(at));
            if (Campaign is { } campaign) json.WriteNumber("CampaignID", campaign);
            if (Type == ChannelExecuted && Channel is { } channel) json.WriteNumber("ChannelID", channel);
            if (ClearBy is { } by) json.WriteString("ClearanceRequiredBy", WireTime.Of(by));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The event in words.</summary>
    public static string InWords(int type) => type switch
    {
        CampaignProcessed => "Campaign processed",
        AllProcessed => "All of a day's campaigns processed",
        DataUpdated => "Daily data updated",
        CampaignCancelled => "Campaign cancelled",
        CampaignOnHold => "Campaign on hold",
        TriggerMet => "Trigger met",
        ChannelExecuted => "Campaign ready on a channel",
        _ => "Event",
    };
}
