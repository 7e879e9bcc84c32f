using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

/// <summary>The list of campaigns: filters by list, status, type and times (strictly after, strictly before), order and page.</summary>
internal static class CampaignSearch
{
    private static readonly string[] Statuses = ["save", "paused", "schedule", "sending", "sent"];
    private static readonly string[] Times = ["since_create_time", "before_create_time", "since_send_time", "before_send_time"];

    public static Answer Find(MailChimpAccount account, Call call)
    {
        var (page, refusal) = call.Paging();
        refusal ??= Refusal(call);
        if (refusal is not null) return refusal;
        var found = account.Campaigns.Where(c => !c.Deleted && Matches(c, call)).ToList();
        var sorted = call.Query("sort_field") switch
        {
            "create_time" => found.OrderBy(c => c.CreatedAt),
            "send_time" => found.OrderBy(Sends),
            _ => found.AsEnumerable(),
        };
        if (string.Equals(call.Query("sort_dir"), "DESC", StringComparison.OrdinalIgnoreCase)) sorted = sorted.Reverse();
        return Answer.Ok(new { campaigns = page.Of(sorted).Select(c => CampaignJson.Of(account, c, call)).ToArray(), total_items = found.Count });
    }

    private static Answer? Refusal(Call call)
    {
        foreach (var name in Times)
            if (!call.TryMoment(name, out _)) return Answer.Invalid(name, "This value is not a date and time");
        if (call.Query("sort_field") is not (null or "create_time" or "send_time")) return Answer.Invalid("sort_field", "Value must be one of: create_time, send_time");
        return call.Query("status") is { } status && !Statuses.Contains(status) ? Answer.Invalid("status", $"Value must be one of: {string.Join(", ", Statuses)}") : null;
    }

    private static bool Matches(Campaign campaign, Call call) =>
        Is(call.Query("list_id"), campaign.ListId) && Is(call.Query("status"), CampaignJson.StatusOf(campaign)) && Is(call.Query("type"), campaign.Type)
        && After(call, "since_create_time", campaign.CreatedAt) && Before(call, "before_create_time", campaign.CreatedAt)
        && After(call, "since_send_time", Sends(campaign)) && Before(call, "before_send_time", Sends(campaign));

    private static DateTimeOffset? Sends(Campaign campaign) => campaign.SendTime ?? campaign.ScheduleTime;

    private static bool Is(string? wanted, string value) => wanted is null || wanted == value;

    private static bool After(Call call, string name, DateTimeOffset? value) => !call.TryMoment(name, out var limit) || limit is null || value > limit;

    private static bool Before(Call call, string name, DateTimeOffset? value) => !call.TryMoment(name, out var limit) || limit is null || value < limit;
}
