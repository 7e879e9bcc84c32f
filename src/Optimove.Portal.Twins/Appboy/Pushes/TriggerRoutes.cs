using System.Text.Json;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Pushes;

/// <summary>Sending, at once or at a time: a request is wholly accepted or wholly refused, and unknown users are accepted and never reached.</summary>
internal static class TriggerRoutes
{
    private const int MostRecipients = 50;
    private static readonly string[] Identifiers = ["external_user_id", "user_alias", "email"];

    public static IEnumerable<AppboyRoute> All =>
    [
        new("POST", "/campaigns/trigger/send", (group, request) => Take(group, request, at: null)),
        new("POST", "/campaigns/trigger/schedule/create", Schedule),
    ];

    private static Answer Schedule(AppGroup group, AppboyRequest request) =>
        TryTime(request, out var at, out var refusal) ? Take(group, request, at) : refusal!;

    /// <summary>An instant, or a local time without zone, which is taken as UTC. One that has passed is refused.</summary>
    internal static bool TryTime(AppboyRequest request, out DateTimeOffset at, out Answer? refusal)
    {
        (at, refusal) = (default, null);
        if (!request.Body.TryGetProperty("schedule", out var schedule) || schedule.ValueKind != JsonValueKind.Object) refusal = AppboyRoute.Refusal(400, "Missing schedule");
        else if (!schedule.TryGetProperty("time", out var time) || time.ValueKind != JsonValueKind.String || !Moments.TryRead(time.GetString()!, out at)) refusal = AppboyRoute.Refusal(400, "Invalid schedule time");
        else if (at < request.Call.Now) refusal = AppboyRoute.Refusal(400, "Schedule time is in the past");
        return refusal is null;
    }

    private static Answer Take(AppGroup group, AppboyRequest request, DateTimeOffset? at)
    {
        if (request.Text("campaign_id") is not { } id || !group.Campaigns.TryGetValue(id, out var campaign)) return AppboyRoute.Refusal(400, "Invalid campaign ID");
        if (!campaign.CanBeTriggered) return AppboyRoute.Refusal(400, "Campaign is not an active API-triggered campaign");
        if (Recipients(group, campaign, request, out var recipients) is { } refusal) return refusal;
        var push = new AppboyPush
        {
            DispatchId = group.NextId("dispatch"),
            ScheduleId = at is null ? null : group.NextId("schedule"),
            CampaignId = id,
            Order = request.Body.TryGetProperty("trigger_properties", out var properties) && properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("dispatch_id", out var order) ? order.ToString() : null,
            ReceivedAt = request.Call.Now,
            At = at ?? request.Call.Now,
            Recipients = recipients,
            Personal = Personal(request),
        };
        if (at is null) group.Deliver(push);
        group.Add(push);
        return at is null ? Answer.Json(201, new { message = "success", dispatch_id = push.DispatchId })
            : Answer.Json(201, new { message = "success", dispatch_id = push.DispatchId, schedule_id = push.ScheduleId });
    }

    private static Answer? Recipients(AppGroup group, AppboyCampaign campaign, AppboyRequest request, out string[] recipients)
    {
        recipients = [];
        var given = request.Body.TryGetProperty("recipients", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        if (request.Flag("broadcast") is true)
        {
            if (given.ValueKind != JsonValueKind.Undefined) return AppboyRoute.Refusal(400, "Recipients cannot be given with broadcast");
            if (!group.Broadcasts.Take(request.Call.Now).Allowed) return AppboyRoute.Refusal(429, "Broadcast rate limit exceeded");
            recipients = [.. group.Users.Keys.Where(user => campaign.Segment?.Contains(user) is not false)];
            return null;
        }
        if (given.ValueKind == JsonValueKind.Undefined || given.GetArrayLength() == 0) return AppboyRoute.Refusal(400, "No recipients");
        if (given.GetArrayLength() > MostRecipients) return AppboyRoute.Refusal(400, "Maximum of 50 recipients per request exceeded");
        recipients = [.. given.EnumerateArray().Select(Identifier).OfType<string>()];
        return recipients.Length == given.GetArrayLength() ? null : AppboyRoute.Refusal(400, "Each recipient needs exactly one of external_user_id, user_alias and email");
    }

    private static Dictionary<string, string> Personal(AppboyRequest request) =>
        !request.Body.TryGetProperty("recipients", out var list) || list.ValueKind != JsonValueKind.Array ? []
        : list.EnumerateArray().Where(r => r.TryGetProperty("trigger_properties", out _)).DistinctBy(Identifier).ToDictionary(r => Identifier(r)!, r => r.GetProperty("trigger_properties").ToString());

    /// <summary>The external id; aliases and addresses are kept with their kind, and nobody is known by them. Null unless there is exactly one.</summary>
    private static string? Identifier(JsonElement recipient)
    {
        if (recipient.ValueKind != JsonValueKind.Object) return null;
        var given = Identifiers.Where(name => recipient.TryGetProperty(name, out _)).ToList();
        return given is [var only] ? only == "external_user_id" ? recipient.GetProperty(only).ToString() : $"{only} {recipient.GetProperty(only)}" : null;
    }
}
