using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Campaigns;

/// <summary>The actions of <c>PUT EmailCampaign</c>, each only in the states that allow it.</summary>
internal static class CampaignActions
{
    public static Answer Act(CheetahAccount account, EmailCampaign campaign, Call call)
    {
        if (CheetahRoute.Object(call) is not { } body) return CheetahRoute.Refusal(400, "The request is not a valid campaign.");
        var status = campaign.StatusAt(call.Now, account.Switches);
        var refusal = body["campAction"]?.ToString() switch
        {
            "SAVE" or "CHANGE" => Change(account, campaign, status, body),
            "LAUNCH" => Launch(account, campaign, status, call.Now),
            "APPROVE" => Approve(campaign, status, call.Now),
            "PAUSE" => Pause(campaign, status, call.Now),
            "RESUME" => Resume(campaign, status, call.Now),
            _ => "The campAction is not known.",
        };
        return refusal is null ? Answer.Ok(new { campId = campaign.Id }) : CheetahRoute.Refusal(400, refusal);
    }

    private static string? Change(CheetahAccount account, EmailCampaign campaign, CampaignStatus status, System.Text.Json.Nodes.JsonObject body)
    {
        if (status != CampaignStatus.Draft) return "A launched campaign cannot be changed.";
        if (EmailCampaignRoutes.Problem(account, body) is { } problem) return problem;
        campaign.Body = body;
        return null;
    }

    private static string? Launch(CheetahAccount account, EmailCampaign campaign, CampaignStatus status, DateTimeOffset now)
    {
        if (status != CampaignStatus.Draft) return "This campaign was launched already.";
        var import = campaign.ImportId is { } id ? account.Import(id) : null;
        if (campaign.ImportId is not null && import?.StatusAt(now, account.Switches) != "DONE") return "The import of this campaign is not done.";
        // Neither import nor filter is everybody; filters are not played, so one is everybody too.
        campaign.Audience = import?.Accepted ?? [.. Enumerable.Range(0, account.People.Count)];
        campaign.LaunchedAt = now;
        return null;
    }

    private static string? Approve(EmailCampaign campaign, CampaignStatus status, DateTimeOffset now)
    {
        if (status != CampaignStatus.WaitingForApproval) return "This campaign is not waiting for approval.";
        campaign.ApprovedAt = now;
        return null;
    }

    private static string? Pause(EmailCampaign campaign, CampaignStatus status, DateTimeOffset now)
    {
        if (status is CampaignStatus.Draft or CampaignStatus.Sent or CampaignStatus.Paused) return "This campaign is not running.";
        campaign.PausedAt = now;
        return null;
    }

    private static string? Resume(EmailCampaign campaign, CampaignStatus status, DateTimeOffset now)
    {
        if (status != CampaignStatus.Paused) return "This campaign is not paused.";
        if (campaign.PausedAt < campaign.SendAt) campaign.ResumedAt = now;
        campaign.PausedAt = null;
        return null;
    }
}
