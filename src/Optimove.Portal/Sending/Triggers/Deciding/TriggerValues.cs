using System.Text.Json;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>The values that a provider's message can show: the channel's tags and the event's parameters, each as text. Of one name, the event's.</summary>
internal static class TriggerValues
{
    /// <param name="tags">The values of the trigger's tags, in their order.</param>
    public static string Write(MetTrigger met, IReadOnlyList<string> tags)
    {
        var values = met.Trigger.Tags.Zip(tags).ToDictionary(t => t.First, t => t.Second, StringComparer.Ordinal);
        using var document = JsonDocument.Parse(met.Parameters);
        foreach (var parameter in document.RootElement.EnumerateObject()) values[parameter.Name] = parameter.Value.ValueKind == JsonValueKind.String ? parameter.Value.GetString()! : parameter.Value.GetRawText();
        return JsonSerializer.Serialize(values);
    }
}
