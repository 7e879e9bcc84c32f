using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Observed;

/// <summary>Cheetah's twin from outside; see <see cref="Observation{TAccount}"/>.</summary>
internal static class CheetahObservationRoutes
{
    public static void MapCheetahObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = new Observation<CheetahAccount>(routes.MapGroup("/cheetah/{account}/twin"), name => world.TryCheetah(name, out var account) ? account : null);
        twin.Map(account => account.Faults, (account, calls) => account.Observe(calls), Deliveries);
        twin.Show("/switches", (account, _) => account.Switches);
        twin.Take<CheetahSwitches>("PUT", "/switches", (account, switches) => account.Switches = switches);
        twin.Do("DELETE", "/tokens", (account, _) =>
        {
            account.ForgetTokens();
            return true;
        });
        twin.Do("DELETE", "/campaigns/{id:long}", (account, http) => account.DeleteCampaign(http.Number("id")));
        twin.ShowHtml("/campaigns/{id:long}/preview", (account, http) => account.CampaignHtml(http.Number("id")));
    }

    private static object Deliveries(CheetahAccount account, IQueryCollection query)
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
