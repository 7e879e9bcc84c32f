using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Pushes;

internal static class ScheduleRoutes
{
    /// <summary>So close to its time a schedule is taken back for a part of its people only.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    public static IEnumerable<AppboyRoute> All =>
    [
        new("POST", "/campaigns/trigger/schedule/update", (group, request) => With(group, request, push => Update(group, request, push))),
        new("POST", "/campaigns/trigger/schedule/delete", (group, request) => With(group, request, push => Delete(request, push))),
    ];

    private static Answer With(AppGroup group, AppboyRequest request, Func<AppboyPush, Answer> then) =>
        request.Text("schedule_id") is not { } id || !group.Schedules.TryGetValue(id, out var push) || push.CampaignId != request.Text("campaign_id") || push.Status != PushStatus.Scheduled
            ? AppboyRoute.Refusal(400, "Invalid schedule ID") : then(push);

    private static Answer Update(AppGroup group, AppboyRequest request, AppboyPush push)
    {
        if (!TriggerRoutes.TryTime(request, out var at, out var refusal)) return refusal!;
        push.At = at;
        group.Moved(push);
        return Answer.Json(201, new { message = "success" });
    }

    private static Answer Delete(AppboyRequest request, AppboyPush push)
    {
        if (push.At - request.Call.Now < Late) push.Recipients = [.. push.Recipients.Where(user => StableHash.Of(push.ScheduleId + user) % 2 == 0)];
        else push.Status = PushStatus.Deleted;
        return Answer.Json(201, new { message = "success" });
    }
}
