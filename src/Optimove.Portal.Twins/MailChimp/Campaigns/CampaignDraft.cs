using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

/// <summary>What a request makes of a campaign, checked before the campaign changes.</summary>
internal sealed record CampaignDraft
{
    public string ListId { get; init; } = "";
    public int? SegmentId { get; init; }
    public CampaignSettings Settings { get; init; } = new();

    public static CampaignDraft Of(Campaign campaign) => new() { ListId = campaign.ListId, SegmentId = campaign.SegmentId, Settings = campaign.Settings };

    public void ApplyTo(Campaign campaign)
    {
        campaign.ListId = ListId;
        campaign.SegmentId = SegmentId;
        campaign.Settings = Settings;
    }

    /// <summary>The draft with what the request gives; what is wrong is among the body's errors.</summary>
    public static CampaignDraft Read(MailChimpAccount account, Body body, CampaignDraft before) =>
        ReadRecipients(account, body, before) with { Settings = ReadSettings(account, body, before.Settings) };

    private static CampaignDraft ReadRecipients(MailChimpAccount account, Body body, CampaignDraft before)
    {
        var listId = body.Text("recipients.list_id") ?? before.ListId;
        var segment = body.Integer("recipients.segment_opts.saved_segment_id");
        if (listId.Length > 0 && !account.Lists.ContainsKey(listId)) body.Refuse("recipients.list_id", "The list does not exist.");
        else if (segment is { } id && (listId.Length == 0 || !account.Lists[listId].Segments.ContainsKey(id)))
            body.Refuse("recipients.segment_opts.saved_segment_id", "The segment does not exist in this list.");
        var match = body.Text("recipients.segment_opts.match");
        if (match is not (null or "any" or "all")) body.Refuse("recipients.segment_opts.match", "Value must be one of: any, all");
        if (!body.Has("recipients")) return before;
        return before with { ListId = listId, SegmentId = match is null && account.SegmentNeedsMatch ? null : segment };
    }

    private static CampaignSettings ReadSettings(MailChimpAccount account, Body body, CampaignSettings before)
    {
        var template = body.Integer("settings.template_id");
        if (template is { } id && !(account.Templates.TryGetValue(id, out var found) && found.Active))
            body.Refuse("settings.template_id", "The template does not exist.");
        var replyTo = body.Text("settings.reply_to") ?? before.ReplyTo;
        if (replyTo.Length > 0 && !replyTo.Contains('@')) body.Refuse("settings.reply_to", "This value is not a valid email address.");
        return new CampaignSettings
        {
            Title = body.Text("settings.title") ?? before.Title,
            SubjectLine = body.Text("settings.subject_line") ?? before.SubjectLine,
            PreviewText = body.Text("settings.preview_text") ?? before.PreviewText,
            FromName = body.Text("settings.from_name") ?? before.FromName,
            ReplyTo = replyTo,
            ToName = body.Text("settings.to_name") ?? before.ToName,
            TemplateId = template ?? before.TemplateId,
        };
    }
}
