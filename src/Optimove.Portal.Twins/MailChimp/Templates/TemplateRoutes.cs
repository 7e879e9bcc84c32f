using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Templates;

internal static class TemplateRoutes
{
    public static IEnumerable<MailChimpRoute> All =>
    [
        new("GET", "/templates", GetAll),
        new("GET", "/templates/{template_id}", (account, call) => With(account, call, template => Answer.Ok(Json(template, call)))),
        new("GET", "/templates/{template_id}/default-content", (account, call) => With(account, call, DefaultContent)),
    ];

    private static Answer With(MailChimpAccount account, Call call, Func<MailTemplate, Answer> then) =>
        int.TryParse(call.Route("template_id"), out var id) && account.Templates.TryGetValue(id, out var template) ? then(template) : Answer.NotFound;

    private static Answer GetAll(MailChimpAccount account, Call call)
    {
        var (page, refusal) = call.Paging();
        if (refusal is not null) return refusal;
        if (!call.TryMoment("since_date_created", out var since)) return Answer.Invalid("since_date_created", "This value is not a date and time");
        var type = call.Query("type");
        var content = call.Query("content_type");
        var found = account.Templates.Values
            .Where(t => (type is null || t.Type == type) && (content is null || t.ContentType == content) && (since is null || t.CreatedAt > since)).ToList();
        if (Sorted(found, call.Query("sort_field")) is not { } sorted) return Answer.Invalid("sort_field", "Value must be one of: date_created, date_edited, name");
        if (string.Equals(call.Query("sort_dir"), "DESC", StringComparison.OrdinalIgnoreCase)) sorted = sorted.Reverse();
        return Answer.Ok(new { templates = page.Of(sorted).Select(t => Json(t, call)).ToArray(), total_items = found.Count });
    }

    private static IEnumerable<MailTemplate>? Sorted(List<MailTemplate> templates, string? by) => by switch
    {
        null => templates,
        "name" => templates.OrderBy(t => t.Name, StringComparer.OrdinalIgnoreCase),
        "date_created" => templates.OrderBy(t => t.CreatedAt),
        "date_edited" => templates.OrderBy(t => t.EditedAt),
        _ => null,
    };

    private static object Json(MailTemplate template, Call call) => new
    {
        id = template.Id,
        type = template.Type,
        name = template.Name,
        drag_and_drop = template.ContentType != "html",
        responsive = true,
        category = template.Category,
        date_created = Moments.Write(template.CreatedAt),
        date_edited = Moments.Write(template.EditedAt),
        active = template.Active,
        folder_id = "",
        thumbnail = "",
        share_url = $"{call.AccountAddress}/twin/templates/{template.Id}/preview",
        content_type = template.ContentType,
    };

    private static Answer DefaultContent(MailTemplate template) => Answer.Ok(new
    {
        sections = template.IsMultichannel ? new Dictionary<string, string>() : new Dictionary<string, string> { ["body"] = template.Html },
    });
}
