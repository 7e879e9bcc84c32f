using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Campaigns;

internal static class CampaignRoutes
{
    private static readonly string[] Types = ["regular", "plaintext", "absplit", "rss", "variate"];

    public static IEnumerable<MailChimpRoute> All =>
    [
        new("GET", "/campaigns", CampaignSearch.Find),
        new("POST", "/campaigns", Create),
        new("GET", "/campaigns/{campaign_id}", (account, call) => With(account, call, campaign => Answer.Ok(CampaignJson.Of(account, campaign, call)))),
        new("PATCH", "/campaigns/{campaign_id}", (account, call) => With(account, call, campaign => Change(account, campaign, call))),
        new("DELETE", "/campaigns/{campaign_id}", (account, call) => With(account, call, Delete)),
        new("GET", "/campaigns/{campaign_id}/content", (account, call) => With(account, call, Content)),
        new("PUT", "/campaigns/{campaign_id}/content", (account, call) => With(account, call, campaign => SetContent(account, campaign, call))),
    ];

    public static Answer With(MailChimpAccount account, Call call, Func<Campaign, Answer> then) =>
        account.Campaign(call.Route("campaign_id")) is { } campaign ? then(campaign) : Answer.NotFound;

    private static Answer Create(MailChimpAccount account, Call call)
    {
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var type = body.Text("type");
        if (type is null || !Types.Contains(type)) body.Refuse("type", $"Value must be one of: {string.Join(", ", Types)}");
        if (body.Has("recipients") && !body.Has("recipients.list_id")) body.Refuse("recipients.list_id", "This value should not be blank.");
        var draft = CampaignDraft.Read(account, body, new CampaignDraft());
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        var campaign = new Campaign
        {
            Id = account.NextCampaignId(),
            WebId = 55000 + account.Campaigns.Count + 1,
            Type = type!,
            CreatedAt = Moments.WholeSeconds(call.Now),
        };
        draft.ApplyTo(campaign);
        if (draft.Settings.TemplateId is { } template) campaign.Html = account.Templates[template].CampaignHtml;
        account.Campaigns.Add(campaign);
        return Answer.Ok(CampaignJson.Of(account, campaign, call));
    }

    /// <summary>A changed <c>template_id</c> is echoed and leaves the content as it was, as at the provider.</summary>
    private static Answer Change(MailChimpAccount account, Campaign campaign, Call call)
    {
        if (!campaign.IsEditable) return Answer.BadRequest("This campaign cannot be edited.");
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var draft = CampaignDraft.Read(account, body, CampaignDraft.Of(campaign));
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        draft.ApplyTo(campaign);
        return Answer.Ok(CampaignJson.Of(account, campaign, call));
    }

    private static Answer Delete(Campaign campaign)
    {
        if (campaign.Status is CampaignStatus.Sending or CampaignStatus.Canceling) return Answer.BadRequest("A campaign cannot be deleted while it is being sent.");
        if (campaign.Status == CampaignStatus.Schedule) campaign.Status = CampaignStatus.Save;
        campaign.Deleted = true;
        return Answer.NoContent;
    }

    private static Answer Content(Campaign campaign) => Answer.Ok(new { html = campaign.Html ?? "", plain_text = campaign.PlainText ?? "", archive_html = campaign.Html ?? "" });

    private static Answer SetContent(MailChimpAccount account, Campaign campaign, Call call)
    {
        if (!campaign.IsEditable) return Answer.BadRequest("This campaign cannot be edited.");
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var html = body.Text("html");
        var plain = body.Text("plain_text");
        var template = body.Integer("template.id");
        if (template is { } id && !account.Templates.ContainsKey(id)) body.Refuse("template.id", "This template does not exist.");
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        if (template is { } known) html = account.Templates[known].CampaignHtml;
        campaign.Html = html ?? campaign.Html;
        campaign.PlainText = plain ?? campaign.PlainText;
        return Content(campaign);
    }
}
