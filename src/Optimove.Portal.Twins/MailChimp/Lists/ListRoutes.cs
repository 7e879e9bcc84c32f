using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Lists;

internal static class ListRoutes
{
    public static IEnumerable<MailChimpRoute> All =>
    [
        new("GET", "/lists", GetLists),
        new("GET", "/lists/{list_id}", (account, call) => ListOf(account, call) is { } list ? Answer.Ok(Json(account, list)) : Answer.NotFound),
        new("GET", "/lists/{list_id}/members", GetMembers),
        new("GET", "/lists/{list_id}/members/{subscriber_hash}", GetMember),
        new("GET", "/verified-domains", GetDomains),
    ];

    public static MailList? ListOf(MailChimpAccount account, Call call) => account.Lists.GetValueOrDefault(call.Route("list_id"));

    private static Answer GetLists(MailChimpAccount account, Call call)
    {
        var (page, refusal) = call.Paging();
        return refusal ?? Answer.Ok(new { lists = page.Of(account.Lists.Values).Select(l => Json(account, l)).ToArray(), total_items = account.Lists.Count });
    }

    private static object Json(MailChimpAccount account, MailList list)
    {
        var subscribed = list.Subscribed.Count;
        var cleaned = list.Cleaned.Count;
        var sent = account.Campaigns.Where(c => c.ListId == list.Id && c.SendTime is not null && !c.Deleted).ToList();
        return new
        {
            id = list.Id,
            name = list.Name,
            date_created = Moments.Write(list.CreatedAt),
            stats = new
            {
                member_count = subscribed,
                total_contacts = list.Addresses.Count,
                unsubscribe_count = list.Addresses.Count - subscribed - cleaned,
                cleaned_count = cleaned,
                campaign_count = sent.Count,
                campaign_last_sent = Moments.Write(sent.Max(c => c.SendTime)),
            },
        };
    }

    private static Answer GetMembers(MailChimpAccount account, Call call)
    {
        if (ListOf(account, call) is not { } list) return Answer.NotFound;
        var (page, refusal) = call.Paging();
        if (refusal is not null) return refusal;
        if (call.Query("status") is not { } status)
            return Members(list, page.Of(Enumerable.Range(0, list.Addresses.Count)), list.Addresses.Count, segment: null);
        if (!Enum.TryParse<MemberStatus>(status, ignoreCase: true, out var wanted)) return Answer.Invalid("status", "Value must be one of: subscribed, unsubscribed, cleaned");
        var members = Enumerable.Range(0, list.Addresses.Count).Where(m => list.StatusOf(m) == wanted);
        return Members(list, page.Of(members), members.Count(), segment: null);
    }

    /// <summary>A page of members as lists and segments both answer it.</summary>
    public static Answer Members(MailList list, IEnumerable<int> page, int total, int? segment)
    {
        var members = page.Select(m => Json(list, m)).ToArray();
        return segment is { } id
            ? Answer.Ok(new { members, segment_id = id, list_id = list.Id, total_items = total })
            : Answer.Ok(new { members, list_id = list.Id, total_items = total });
    }

    private static object Json(MailList list, int member) => new
    {
        id = list.Addresses.Md5(member),
        email_address = list.Addresses[member],
        email_type = "html",
        status = list.StatusOf(member).ToString().ToLowerInvariant(),
        list_id = list.Id,
    };

    private static Answer GetMember(MailChimpAccount account, Call call)
    {
        if (ListOf(account, call) is not { } list) return Answer.NotFound;
        var wanted = call.Route("subscriber_hash");
        var member = wanted.Contains('@') ? list.Addresses.Find(wanted) : list.Addresses.FindByMd5(wanted);
        return member < 0 ? Answer.NotFound : Answer.Ok(Json(list, member));
    }

    private static Answer GetDomains(MailChimpAccount account, Call call) => Answer.Ok(new
    {
        domains = account.Domains.Select(d => new { domain = d.Key, verified = d.Value, authenticated = d.Value }).ToArray(),
        total_items = account.Domains.Count,
    });
}
