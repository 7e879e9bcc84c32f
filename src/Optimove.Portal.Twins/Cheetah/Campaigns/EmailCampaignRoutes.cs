using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Campaigns;

internal static class EmailCampaignRoutes
{
    public static IEnumerable<CheetahRoute> All =>
    [
        new("POST", "/api/EmailCampaign", Create),
        new("GET", "/api/EmailCampaign", (account, call) => With(account, call, campaign => Answer.Ok(Json(account, campaign, call.Now)))),
        new("PUT", "/api/EmailCampaign", (account, call) => With(account, call, campaign => CampaignActions.Act(account, campaign, call))),
        new("DELETE", "/api/EmailCampaign", (account, call) => With(account, call, campaign => Delete(account, campaign, call.Now))),
        new("GET", "/api/EmailCampaign/Metrics", (account, call) => With(account, call, campaign => Metrics(account, campaign, call.Now))),
    ];

    private static Answer With(CheetahAccount account, Call call, Func<EmailCampaign, Answer> then) =>
        long.TryParse(call.Query("id"), out var id) && account.Campaign(id) is { } campaign ? then(campaign) : CheetahRoute.Refusal(404, "no results");

    private static Answer Create(CheetahAccount account, Call call)
    {
        if (CheetahRoute.Object(call) is not { } body) return CheetahRoute.Refusal(400, "The request is not a valid campaign.");
        var (name, folder) = (Text(body["campName"]), Number(body["obj"]?["parent_obj_id"]));
        if (Problem(account, body) is { } problem) return CheetahRoute.Refusal(400, problem);
        if (string.IsNullOrEmpty(name)) return CheetahRoute.Refusal(400, "The campName is missing.");
        if (folder is not { } id || !account.Folders.ContainsKey(id)) return CheetahRoute.Refusal(400, "The parent_obj_id is not a folder.");
        if (account.IsTaken(id, name)) return CheetahRoute.Refusal(400, "An object with this name already exists in this folder.");
        var campaign = new EmailCampaign { Id = account.NextCampaignId(), Name = name, FolderId = id, CreatedAt = call.Now, Body = body };
        account.Campaigns.Add(campaign);
        return Answer.Ok(new { campId = campaign.Id });
    }

    /// <summary>What is wrong with a campaign as it was written. Having neither filter nor import is not wrong: it goes to the whole table.</summary>
    public static string? Problem(CheetahAccount account, JsonObject body)
    {
        if (Number(body["custId"]) != account.CustId) return "The custId is not known.";
        if (Text(body["channelTypeId"]) != "EMAIL") return "The channelTypeId is not EMAIL.";
        if (Text(body["typeId"]) is not ("REGULAR" or "TRIGGERED")) return "The typeId is not known.";
        if (Number(body["loadAndSendImportId"]) is { } import && account.Import(import) is null) return "The loadAndSendImportId is not known.";
        return LocalTime.Problem(body);
    }

    private static JsonObject Json(CheetahAccount account, EmailCampaign campaign, DateTimeOffset now)
    {
        var status = campaign.StatusAt(now, account.Switches);
        var json = campaign.Body.DeepClone().AsObject();
        json["campId"] = campaign.Id;
        json["status"] = Word(status);
        json["campReviewFlags"] = new JsonObject
        {
            ["contCalculationFlag"] = status == CampaignStatus.Calculating,
            ["personalizationFlag"] = false,
            ["sendingFlag"] = status == CampaignStatus.WaitingForApproval,
        };
        json["obj"] = new JsonObject { ["display_name"] = campaign.Name, ["type_id"] = "CampaignEmail", ["parent_obj_id"] = campaign.FolderId, ["eligibility_status_id"] = campaign.Eligibility };
        return json;
    }

    /// <summary>Once launched it can only be deleted while it is paused, and in some accounts not even then.</summary>
    private static Answer Delete(CheetahAccount account, EmailCampaign campaign, DateTimeOffset now)
    {
        var status = campaign.StatusAt(now, account.Switches);
        if (status != CampaignStatus.Draft && (status != CampaignStatus.Paused || account.Switches.KeepsLaunched))
            return CheetahRoute.Refusal(400, "A launched campaign cannot be deleted.");
        campaign.Deleted = true;
        return Answer.Ok(new { campId = campaign.Id });
    }

    private static Answer Metrics(CheetahAccount account, EmailCampaign campaign, DateTimeOffset now) => campaign.FiguresAt(now, account) is not { } figures
        ? CheetahRoute.Refusal(404, "no results")
        : Answer.Ok(new { campId = campaign.Id, Sent = figures.Sent, Received = figures.Delivered, MessageOpens = figures.UniqueOpens, MessageClicks = figures.UniqueSubscriberClicks, Unsubs = figures.Unsubscribed });

    private static string Word(CampaignStatus status) => status == CampaignStatus.WaitingForApproval ? "WAITING_FOR_APPROVAL" : status.ToString().ToUpperInvariant();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
