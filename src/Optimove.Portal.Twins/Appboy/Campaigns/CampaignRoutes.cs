using System.Globalization;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Campaigns;

internal static class CampaignRoutes
{
    private const int PageSize = 100;

    public static IEnumerable<AppboyRoute> All =>
    [
        new("GET", "/campaigns/list", List),
        new("GET", "/campaigns/details", (group, request) => With(group, request, Details)),
        new("GET", "/campaigns/data_series", (group, request) => With(group, request, campaign => Series(group, campaign, request.Call))),
    ];

    private static Answer With(AppGroup group, AppboyRequest request, Func<AppboyCampaign, Answer> then) =>
        request.Call.Query("campaign_id") is { } id && group.Campaigns.TryGetValue(id, out var campaign) ? then(campaign) : AppboyRoute.Refusal(400, "Invalid campaign ID");

    /// <summary>100 a page, pages from 0; a page past the end is empty.</summary>
    private static Answer List(AppGroup group, AppboyRequest request)
    {
        var call = request.Call;
        if (!int.TryParse(call.Query("page") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var page)) return AppboyRoute.Refusal(400, "Invalid page");
        if (!call.TryMoment("last_edit.time[gt]", out var since)) return AppboyRoute.Refusal(400, "Invalid time");
        var campaigns = group.Campaigns.Values.Where(c => (!c.Archived || call.Query("include_archived") == "true") && (since is null || c.EditedAt > since)).OrderBy(c => c.CreatedAt).ToList();
        if (call.Query("sort_direction") == "desc") campaigns.Reverse();
        return Answer.Ok(new
        {
            message = "success",
            campaigns = campaigns.Skip(page * PageSize).Take(PageSize)
                .Select(c => new { id = c.Id, last_edited = Moments.Write(c.EditedAt), name = c.Name, is_api_campaign = false, tags = Array.Empty<string>() }).ToArray(),
        });
    }

    private static Answer Details(AppboyCampaign campaign)
    {
        var variations = Channels(campaign).ToDictionary(channel => $"{campaign.Id}-{channel}", channel => (object)new { channel, name = "Variant 1", alert = campaign.Name, extras = new { } });
        if (campaign.HasControl) variations[$"{campaign.Id}-control"] = new { channel = Channels(campaign).First(), type = "control" };
        return Answer.Ok(new
        {
            message = "success",
            created_at = Moments.Write(campaign.CreatedAt),
            updated_at = Moments.Write(campaign.EditedAt),
            archived = campaign.Archived,
            draft = campaign.Draft,
            enabled = campaign.Enabled,
            name = campaign.Name,
            description = "",
            schedule_type = campaign.ScheduleType,
            channels = Channels(campaign).ToArray(),
            tags = Array.Empty<string>(),
            messages = variations,
        });
    }

    private static Answer Series(AppGroup group, AppboyCampaign campaign, Call call)
    {
        if (!int.TryParse(call.Query("length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > 100)
            return AppboyRoute.Refusal(400, "Length must be between 1 and 100");
        if (!call.TryMoment("ending_at", out var end)) return AppboyRoute.Refusal(400, "Invalid ending_at");
        return Answer.Ok(new { message = "success", data = DataSeries.Of(group, campaign, DateOnly.FromDateTime((end ?? call.Now).UtcDateTime), length, call.Now) });
    }

    internal static IEnumerable<string> Channels(AppboyCampaign campaign)
    {
        if (campaign.Platforms.HasFlag(Platforms.Ios)) yield return "ios_push";
        if (campaign.Platforms.HasFlag(Platforms.Android)) yield return "android_push";
        if (campaign.Channel is { } other) yield return other;
    }
}
