using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

internal static class CampaignJson
{
    public static object Of(MailChimpAccount account, Campaign campaign, Call call)
    {
        var list = account.Lists.GetValueOrDefault(campaign.ListId);
        var settings = campaign.Settings;
        var sent = campaign.HasReport ? campaign.Recipients!.Count : 0;
        return new
        {
            id = campaign.Id,
            web_id = campaign.WebId,
            type = campaign.Type,
            create_time = Moments.Write(campaign.CreatedAt),
            archive_url = $"{call.AccountAddress}/twin/campaigns/{campaign.Id}/preview",
            status = StatusOf(campaign),
            emails_sent = sent,
            send_time = Moments.Write(campaign.SendTime ?? campaign.ScheduleTime),
            content_type = settings.TemplateId is not { } template ? "html" : account.Templates[template].IsMultichannel ? "multichannel" : "template",
            recipients = new
            {
                list_id = campaign.ListId,
                list_is_active = list is not null,
                list_name = list?.Name ?? "",
                recipient_count = list is null ? 0 : Checklist.RecipientCount(account, list, campaign, call.Now),
                segment_opts = campaign.SegmentId is { } segment ? new { saved_segment_id = segment, match = "any" } : null,
            },
            settings = new
            {
                title = settings.Title,
                subject_line = settings.SubjectLine,
                preview_text = settings.PreviewText,
                from_name = settings.FromName,
                reply_to = settings.ReplyTo,
                to_name = settings.ToName,
                template_id = settings.TemplateId ?? 0,
            },
            delivery_status = new { enabled = campaign.Status == CampaignStatus.Sending, can_cancel = campaign.Status == CampaignStatus.Sending && account.CanCancelSend, emails_sent = sent, emails_canceled = campaign.Status == CampaignStatus.Canceled ? campaign.Intended - sent : 0 },
        };
    }

    public static string StatusOf(Campaign campaign) => campaign.Status.ToString().ToLowerInvariant();
}
