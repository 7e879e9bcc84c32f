using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>Reads Cheetah's answers, whose full shape nobody outside knows: what is not understood is kept as it came.</summary>
internal static class CheetahJson
{
    public static JsonObject Read(ProviderResponse answer, ProviderFault whenUnreadable)
    {
        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException error)
        {
            throw Unreadable(whenUnreadable, error);
        }
    }

    /// <summary>The id of what was made. Without it nobody knows what was made, so the provider is asked.</summary>
    public static string ReadId(ProviderResponse answer, string name) =>
        CheetahAssumptions.Text(Read(answer, ProviderFault.UnknownOutcome)[name]) ?? throw Unreadable(ProviderFault.UnknownOutcome, null);

    public static ProviderException Unreadable(ProviderFault fault, Exception? error) =>
        new(fault, "Cheetah Messaging gave an answer that could not be read. It is asked again by itself.", inner: error);
}
