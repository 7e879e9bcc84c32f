using Optimove.Portal.Twins.Mail;
using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Reports;

internal static class ReportRoutes
{
    public static IEnumerable<MailChimpRoute> All => [new("GET", "/reports/{campaign_id}", Get)];

    private static Answer Get(MailChimpAccount account, Call call)
    {
        if (account.Campaign(call.Route("campaign_id")) is not { HasReport: true } campaign) return Answer.NotFound;
        var list = account.Lists[campaign.ListId];
        var figures = CampaignFigures.Of(campaign.Id, list.Addresses, campaign.Recipients!, call.Now - campaign.SendTime!.Value);
        return Answer.Ok(Json(campaign, list, figures, call.Now));
    }

    private static object Json(Campaign campaign, MailList list, Figures figures, DateTimeOffset now)
    {
        var send = campaign.SendTime!.Value;
        return new
        {
            id = campaign.Id,
            campaign_title = campaign.Settings.Title,
            type = campaign.Type,
            list_id = campaign.ListId,
            list_is_active = true,
            list_name = list.Name,
            subject_line = campaign.Settings.SubjectLine,
            preview_text = campaign.Settings.PreviewText,
            emails_sent = figures.Sent,
            abuse_reports = figures.AbuseReports,
            unsubscribed = figures.Unsubscribed,
            send_time = Moments.Write(send),
            bounces = new { hard_bounces = figures.HardBounces, soft_bounces = figures.SoftBounces, syntax_errors = figures.SyntaxErrors },
            forwards = new { forwards_count = 0, forwards_opens = 0 },
            opens = new
            {
                opens_total = figures.TotalOpens,
                unique_opens = figures.UniqueOpens,
                open_rate = Share(figures.UniqueOpens, figures.Delivered),
                last_open = Moments.Write(send + figures.LastOpen),
            },
            clicks = new
            {
                clicks_total = figures.TotalClicks,
                unique_clicks = figures.UniqueClicks,
                unique_subscriber_clicks = figures.UniqueSubscriberClicks,
                click_rate = Share(figures.UniqueSubscriberClicks, figures.Delivered),
                last_click = Moments.Write(send + figures.LastClick),
            },
            list_stats = new { sub_rate = 0.0, unsub_rate = 0.0, open_rate = 100 * Share(figures.UniqueOpens, figures.Delivered), click_rate = 100 * Share(figures.UniqueSubscriberClicks, figures.Delivered) },
            timeseries = Hours(send, figures, now),
            delivery_status = new { enabled = false, can_cancel = false, status = campaign.Status == CampaignStatus.Canceled ? "canceled" : "delivered", emails_sent = figures.Sent, emails_canceled = campaign.Intended - figures.Sent },
        };
    }

    private static object[] Hours(DateTimeOffset send, Figures figures, DateTimeOffset now)
    {
        var hours = new List<object>();
        for (var hour = 0; hour < 24 && send.AddHours(hour) <= now; hour++)
            hours.Add(new { timestamp = Moments.Write(send.AddHours(hour)), emails_sent = hour == 0 ? figures.Sent : 0, unique_opens = figures.OpensByHour[hour], recipients_clicks = figures.ClickersByHour[hour] });
        return [.. hours];
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
