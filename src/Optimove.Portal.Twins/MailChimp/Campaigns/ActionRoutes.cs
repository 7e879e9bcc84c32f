using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

internal static class ActionRoutes
{
    public static IEnumerable<MailChimpRoute> All =>
    [
        new("GET", "/campaigns/{campaign_id}/send-checklist", (account, call) => CampaignRoutes.With(account, call, campaign => SendChecklist(account, campaign, call))),
        new("POST", "/campaigns/{campaign_id}/actions/schedule", (account, call) => CampaignRoutes.With(account, call, campaign => Schedule(account, campaign, call))),
        new("POST", "/campaigns/{campaign_id}/actions/unschedule", (account, call) => CampaignRoutes.With(account, call, Unschedule)),
        new("POST", "/campaigns/{campaign_id}/actions/send", (account, call) => CampaignRoutes.With(account, call, campaign => Send(account, campaign, call))),
        new("POST", "/campaigns/{campaign_id}/actions/cancel-send", (account, call) => CampaignRoutes.With(account, call, campaign => CancelSend(account, campaign, call))),
    ];

    private static Answer SendChecklist(MailChimpAccount account, Campaign campaign, Call call)
    {
        var items = Checklist.Of(account, campaign, call.Now);
        return Answer.Ok(new
        {
            is_ready = Checklist.IsReady(items),
            items = items.Select(i => new { type = i.Type, id = i.Id, heading = i.Heading, details = i.Details }).ToArray(),
        });
    }

    private static Answer Schedule(MailChimpAccount account, Campaign campaign, Call call)
    {
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var text = body.Text("schedule_time");
        if (text is null && body.Errors.Count == 0) body.Refuse("schedule_time", "This value should not be blank.");
        var at = default(DateTimeOffset);
        if (text is not null && !Moments.TryRead(text, out at)) body.Refuse("schedule_time", "This value is not a date and time.");
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        if (!account.CanSchedule) return Answer.Problem(403, "Forbidden", "Scheduling is not part of this account's plan.");
        if (at.UtcTicks % TimeSpan.FromMinutes(15).Ticks != 0) return Answer.BadRequest("Campaigns can only be scheduled on the quarter-hour (:00, :15, :30, :45).");
        if (at <= call.Now) return Answer.BadRequest("The schedule time is in the past.");
        if (!campaign.IsEditable || !Checklist.IsReady(Checklist.Of(account, campaign, call.Now))) return Answer.BadRequest("This campaign cannot be scheduled.");
        campaign.ScheduleTime = at;
        campaign.Status = CampaignStatus.Schedule;
        return Answer.NoContent;
    }

    private static Answer Unschedule(Campaign campaign)
    {
        if (campaign.Status != CampaignStatus.Schedule) return Answer.BadRequest("This campaign cannot be unscheduled.");
        campaign.ScheduleTime = null;
        campaign.Status = CampaignStatus.Save;
        return Answer.NoContent;
    }

    private static Answer Send(MailChimpAccount account, Campaign campaign, Call call)
    {
        if (!campaign.IsEditable || !Checklist.IsReady(Checklist.Of(account, campaign, call.Now))) return Answer.BadRequest("Your campaign is not ready to send.");
        campaign.BeginSending(account.Lists[campaign.ListId], call.Now);
        return Answer.NoContent;
    }

    private static Answer CancelSend(MailChimpAccount account, Campaign campaign, Call call)
    {
        if (!account.CanCancelSend) return Answer.Problem(403, "Forbidden", "Cancelling a send is not part of this account's plan.");
        if (campaign.Status != CampaignStatus.Sending) return Answer.BadRequest("This campaign cannot be cancelled.");
        campaign.Stop(account.Lists[campaign.ListId], call.Now, account.SendingTakes);
        return Answer.NoContent;
    }
}
