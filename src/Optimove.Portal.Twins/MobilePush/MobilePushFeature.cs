using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.MobilePush.Observed;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>
/// Marketing Cloud's session service at <c>/mobilepush/{account}/auth</c>, its push API at <c>/mobilepush/{account}/rest</c>, and what
/// steers and shows the twin at <c>/mobilepush/{account}/twin</c>.
/// </summary>
public static class MobilePushFeature
{
    public static void MapMobilePush(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        Map(routes.MapGroup("/mobilepush/{account}/auth"), world, MobilePushRoute.Sessions);
        Map(routes.MapGroup("/mobilepush/{account}/rest"), world, MobilePushRoute.Rest);
        routes.MapObservation(world);
    }

    private static void Map(RouteGroupBuilder group, TwinWorld world, IReadOnlyList<MobilePushRoute> routes)
    {
        foreach (var route in routes) group.MapMethods(route.Path, [route.Method], http => Turnstile.ServeAsync(world, http, route));
        group.Map("/{**rest}", http => Turnstile.ServeAsync(world, http, new MobilePushRoute(http.Request.Method, "/{**rest}", null, _ => Refusals.NotFound)));
    }
}
