using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Optimove.Portal.Channels.Partners;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>What a partner is told when a customer met a trigger: event type 11, in camel case, the campaign's number as text.</summary>
internal static class TriggerNotice
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="tags">The values of the trigger's tags, as text, in their order.</param>
    public static string Write(MetTrigger met, IReadOnlyList<string> tags, DateTimeOffset now)
    {
        var (campaign, channel, template) = (met.Trigger.Campaign, met.Trigger.Channel!, met.Trigger.Template!);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteNumber("eventTypeID", Channels.Partners.Listeners.RegisterListener.TriggerMet);
            json.WriteString("timeStamp", WireTime.Of(now));
            json.WriteString("triggerName", campaign.TriggerName.Length > 0 ? campaign.TriggerName : campaign.Name);
            json.WriteString("customerID", met.CustomerId);
            json.WriteString("campaignID", campaign.Number.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("actionID", template.ActionId);
            json.WriteNumber("channelID", channel.Number);
            json.WriteNumber("templateID", template.Number);
            json.WriteStartArray("promoCode");
            json.WriteEndArray();
            json.WriteString("notes", "");
            json.WriteStartObject("personalization");
            for (var i = 0; i < tags.Count; i++) json.WriteString(met.Trigger.Tags[i], tags[i]);
            json.WriteEndObject();
            WriteParameters(json, met.Parameters, channel.ExcludedParameters);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteParameters(Utf8JsonWriter json, string parameters, IReadOnlyList<string> leftOut)
    {
        using var document = JsonDocument.Parse(parameters);
        json.WriteStartObject("event");
        foreach (var parameter in document.RootElement.EnumerateObject())
        {
            if (!leftOut.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)) parameter.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
