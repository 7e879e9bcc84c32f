using System.Text.Json;
using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Cheetah.Imports;
using Optimove.Portal.Twins.Cheetah.Lookups;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>One endpoint below <c>/services2</c>. The handler runs with the account's lock held.</summary>
public sealed record CheetahRoute(string Method, string Path, Func<CheetahAccount, Call, Answer> Handle)
{
    public static IReadOnlyList<CheetahRoute> All { get; } = [CheetahTokens.Route, .. ImportRoutes.All, .. EmailCampaignRoutes.All, .. LookupRoutes.All];

    /// <summary>The name by which faults and the log know the endpoint; a campaign's action is part of it: <c>PUT /api/EmailCampaign LAUNCH</c>.</summary>
    public string EndpointOf(Call call) =>
        Method == "PUT" && Object(call)?["campAction"]?.ToString() is { } action ? $"{Method} {Path} {action}" : $"{Method} {Path}";

    /// <summary>Every refusal is a message and nothing else.</summary>
    public static Answer Refusal(int status, string message) => Answer.Json(status, new { message });

    /// <summary>The request's JSON object, or null.</summary>
    public static JsonObject? Object(Call call)
    {
        try
        {
            return JsonNode.Parse(call.Body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
