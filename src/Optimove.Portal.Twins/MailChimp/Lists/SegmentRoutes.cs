using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Lists;

internal static class SegmentRoutes
{
    public static IEnumerable<MailChimpRoute> All =>
    [
        new("GET", "/lists/{list_id}/segments", GetAll),
        new("POST", "/lists/{list_id}/segments", Create),
        new("GET", "/lists/{list_id}/segments/{segment_id}", (account, call) => With(account, call, (list, segment) => Answer.Ok(Json(account, list, segment, call.Now)))),
        new("POST", "/lists/{list_id}/segments/{segment_id}", (account, call) => With(account, call, (list, segment) => ChangeMembers.Apply(account, list, segment, call))),
        new("PATCH", "/lists/{list_id}/segments/{segment_id}", (account, call) => With(account, call, (list, segment) => Replace(account, list, segment, call))),
        new("DELETE", "/lists/{list_id}/segments/{segment_id}", (account, call) => With(account, call, (list, segment) => Delete(account, list, segment))),
        new("GET", "/lists/{list_id}/segments/{segment_id}/members", (account, call) => With(account, call, (list, segment) => GetMembers(list, segment, call))),
    ];

    private static Answer With(MailChimpAccount account, Call call, Func<MailList, Segment, Answer> then) =>
        ListRoutes.ListOf(account, call) is { } list && int.TryParse(call.Route("segment_id"), out var id) && list.Segments.TryGetValue(id, out var segment)
            ? then(list, segment) : Answer.NotFound;

    private static object Json(MailChimpAccount account, MailList list, Segment segment, DateTimeOffset now) => new
    {
        id = segment.Id,
        name = segment.Name,
        member_count = segment.Count(list, now, account.SegmentDelay),
        type = "static",
        created_at = Moments.Write(segment.CreatedAt),
        updated_at = Moments.Write(segment.UpdatedAt),
        list_id = list.Id,
    };

    private static Answer GetAll(MailChimpAccount account, Call call)
    {
        if (ListRoutes.ListOf(account, call) is not { } list) return Answer.NotFound;
        var (page, refusal) = call.Paging();
        if (refusal is not null) return refusal;
        if (!call.TryMoment("since_created_at", out var since)) return Answer.Invalid("since_created_at", "This value is not a date and time");
        var segments = list.Segments.Values.Where(s => since is null || s.CreatedAt > since).ToList();
        return Answer.Ok(new { segments = page.Of(segments).Select(s => Json(account, list, s, call.Now)).ToArray(), list_id = list.Id, total_items = segments.Count });
    }

    private static Answer Create(MailChimpAccount account, Call call)
    {
        if (ListRoutes.ListOf(account, call) is not { } list) return Answer.NotFound;
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var name = body.Text("name");
        var addresses = body.Texts("static_segment");
        if (string.IsNullOrWhiteSpace(name)) body.Refuse("name", "This value should not be blank.");
        if (body.Has("options")) body.Refuse("options", addresses is null ? "This account makes static segments only" : "Cannot provide both an \"options\" field and a \"static_segment\" field");
        else if (!body.Has("static_segment")) body.Refuse("", "Must provide either an \"options\" field or a \"static_segment\" field");
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        var now = Moments.WholeSeconds(call.Now);
        var segment = new Segment { Id = account.NextSegmentId(), ListId = list.Id, Name = name!, CreatedAt = now, UpdatedAt = now };
        if (addresses!.Count > 0) Fill(account, list, segment, addresses, call.Now);
        list.Segments.Add(segment.Id, segment);
        return Answer.Ok(Json(account, list, segment, call.Now));
    }

    private static Answer Replace(MailChimpAccount account, MailList list, Segment segment, Call call)
    {
        if (Body.Parse(call.Body) is not { } body) return Answer.BadRequest("The request body could not be read as JSON.");
        var name = body.Text("name");
        var addresses = body.Texts("static_segment");
        if (string.IsNullOrWhiteSpace(name)) body.Refuse("name", "This value should not be blank.");
        if (body.Errors.Count > 0) return Answer.Invalid(body.Errors);
        segment.Name = name!;
        segment.UpdatedAt = Moments.WholeSeconds(call.Now);
        if (addresses is not null) Fill(account, list, segment, addresses, call.Now);
        return Answer.Ok(Json(account, list, segment, call.Now));
    }

    /// <summary>Those who are not on the list are dropped silently.</summary>
    private static void Fill(MailChimpAccount account, MailList list, Segment segment, IReadOnlyList<string> addresses, DateTimeOffset now)
    {
        segment.Touch(list, now, account.SegmentDelay);
        segment.Members.Clear();
        foreach (var address in addresses)
            if (list.Addresses.Find(address) is >= 0 and var member) segment.Members.Add(member);
    }

    private static Answer Delete(MailChimpAccount account, MailList list, Segment segment)
    {
        if (account.Campaigns.Exists(c => !c.Deleted && c.SegmentId == segment.Id && c.Status == CampaignStatus.Schedule))
            return Answer.BadRequest("This segment is used by a scheduled campaign.");
        list.Segments.Remove(segment.Id);
        return Answer.NoContent;
    }

    private static Answer GetMembers(MailList list, Segment segment, Call call)
    {
        var (page, refusal) = call.Paging();
        if (refusal is not null) return refusal;
        var shown = segment.Members.With(list.Subscribed);
        return ListRoutes.Members(list, page.Of(shown.Members()), shown.Count, segment.Id);
    }
}
