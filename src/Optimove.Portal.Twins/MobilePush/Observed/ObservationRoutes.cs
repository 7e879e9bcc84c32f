using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Observed;

/// <summary>Marketing Cloud's twin from outside; see <see cref="Observation{TAccount}"/>.</summary>
internal static class ObservationRoutes
{
    public static void MapObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = new Observation<MobilePushAccount>(routes.MapGroup("/mobilepush/{account}/twin"), name => world.TryMobilePush(name, out var account) ? account : null);
        twin.Map(account => account.Faults, (account, calls) => account.Observe(calls), Deliveries);
        twin.Do("DELETE", "/messages/{id}", (account, http) => account.Delete(http.Text("id")));
        twin.Do("POST", "/messages/{id}/deactivate", (account, http) => account.Deactivate(http.Text("id")));
    }

    private static object Deliveries(MobilePushAccount account, IQueryCollection query)
    {
        var message = query.Given("message");
        var deliveries = account.Deliveries(message, query.Scheduled());
        return new
        {
            message = message ?? "",
            pushes = deliveries.Values.Sum(),
            recipients = deliveries.Count,
            moreThanOnce = deliveries.Where(d => d.Value > 1).Select(d => d.Key),
            contacts = deliveries.Select(d => new { key = d.Key, times = d.Value }),
        };
    }
}
