using Optimove.Portal.Twins.MailChimp.Campaigns;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.MailChimp.Reports;
using Optimove.Portal.Twins.MailChimp.Templates;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp;

/// <summary>One endpoint below <c>/3.0</c>. The handler runs with the account's lock held and its campaigns up to date.</summary>
public sealed record MailChimpRoute(string Method, string Path, Func<MailChimpAccount, Call, Answer> Handle)
{
    /// <summary>The name by which faults and the log know the endpoint.</summary>
    public string Endpoint { get; } = $"{Method} {Path}";

    public static IReadOnlyList<MailChimpRoute> All { get; } =
    [
        new("GET", "/ping", (_, _) => Answer.Ok(new { health_status = "Everything's Chimpy!" })),
        new("GET", "/", (account, _) => Answer.Ok(new { account_id = account.Name, account_name = account.Name, total_subscribers = account.Lists.Values.Sum(l => l.Subscribed.Count) })),
        .. ListRoutes.All, .. SegmentRoutes.All, .. TemplateRoutes.All, .. CampaignRoutes.All, .. ActionRoutes.All, .. ReportRoutes.All,
    ];
}
