using System.Text.Json;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Appboy.Pushes;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>A call with its body read; an undefined element where it has none.</summary>
internal sealed record AppboyRequest(Call Call, JsonElement Body)
{
    public string? Text(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    public bool? Flag(string name) => Body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}

/// <summary>One endpoint. The handler runs with the account's lock held and its schedules up to date.</summary>
internal sealed record AppboyRoute(string Method, string Path, Func<AppGroup, AppboyRequest, Answer> Handle)
{
    /// <summary>The name by which faults and the log know the endpoint.</summary>
    public string Endpoint { get; } = $"{Method} {Path}";

    /// <summary>The permission that a REST key needs for it.</summary>
    public string Permission { get; } = Path[1..].Replace('/', '.');

    public static IReadOnlyList<AppboyRoute> All { get; } = [.. CampaignRoutes.All, .. TriggerRoutes.All, .. ScheduleRoutes.All];

    public static Answer Refusal(int status, string message) => Answer.Json(status, new { message });
}
