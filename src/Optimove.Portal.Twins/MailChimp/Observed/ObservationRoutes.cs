using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Observed;

/// <summary>MailChimp's twin from outside; see <see cref="Observation{TAccount}"/>.</summary>
internal static class ObservationRoutes
{
    public static void MapObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = new Observation<MailChimpAccount>(routes.MapGroup("/mailchimp/{account}/twin"), name => world.TryMailChimp(name, out var account) ? account : null);
        twin.Map(account => account.Faults, (account, calls) => account.Observe(calls), Deliveries);
        twin.Do("DELETE", "/templates/{id:int}", (account, http) => account.DeleteTemplate((int)http.Number("id")));
        twin.ShowHtml("/templates/{id:int}/preview", (account, http) => account.TemplateHtml((int)http.Number("id")));
        twin.ShowHtml("/campaigns/{id}/preview", (account, http) => account.CampaignHtml(http.Text("id")));
    }

    private static object Deliveries(MailChimpAccount account, IQueryCollection query)
    {
        var title = query.Given("title");
        var deliveries = account.Deliveries(title, query.Scheduled());
        return new
        {
            title = title ?? "",
            mails = deliveries.Values.Sum(),
            recipients = deliveries.Count,
            moreThanOnce = deliveries.Where(d => d.Value > 1).Select(d => d.Key),
            addresses = deliveries.Select(d => new { address = d.Key, times = d.Value }),
        };
    }
}
