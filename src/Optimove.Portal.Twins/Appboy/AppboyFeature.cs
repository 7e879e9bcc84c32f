using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Appboy.Observed;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>Appboy's REST API at <c>/appboy/{account}</c>, and what steers and shows the twin at <c>/appboy/{account}/twin</c>.</summary>
public static class AppboyFeature
{
    private static readonly Answer InvalidUrl = AppboyRoute.Refusal(404, "Invalid URL");

    public static void MapAppboy(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var api = routes.MapGroup("/appboy/{account}");
        foreach (var route in AppboyRoute.All)
            api.MapMethods(route.Path, [route.Method], http => AppboyTurnstile.ServeAsync(world, http, route));
        api.Map("/{**rest}", http => AppboyTurnstile.ServeAsync(world, http, new AppboyRoute(http.Request.Method, "/{**rest}", (_, _) => InvalidUrl)));
        AppboyObservation.Map(api.MapGroup("/twin"), world);
    }
}
