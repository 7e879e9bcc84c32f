using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Reads what came back.</summary>
internal static class MobilePushAnswers
{
    public static T Read<T>(ProviderResponse answer, JsonTypeInfo<T> shape, ProviderFault whenUnreadable)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, shape) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw Unreadable(whenUnreadable, error);
        }
    }

    public static ProviderException Unreadable(ProviderFault fault, Exception? error = null) =>
        new(fault, $"{MobilePushLogin.Name} gave an answer that could not be read.", inner: error);

    public static string? Reason(ProviderResponse response)
    {
        try
        {
            var refusal = JsonSerializer.Deserialize(response.Body, MobilePushJson.Default.RefusalAnswer);
            return refusal?.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : refusal?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
