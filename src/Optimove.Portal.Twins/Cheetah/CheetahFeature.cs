using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Cheetah.Observed;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>Cheetah Messaging's API at <c>/cheetah/{account}/services2</c>, and what steers and shows the twin at <c>/cheetah/{account}/twin</c>.</summary>
public static class CheetahFeature
{
    public static void MapCheetah(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var api = routes.MapGroup("/cheetah/{account}/services2");
        foreach (var route in CheetahRoute.All)
            api.MapMethods(route.Path, [route.Method], http => CheetahTurnstile.ServeAsync(world, http, route));
        foreach (var path in CheetahRoute.All.Select(r => r.Path).Distinct())
            api.Map(path, http => CheetahTurnstile.ServeAsync(world, http, Otherwise(http, path, 405, "The requested resource does not support this method.")));
        api.Map("/{**rest}", http => CheetahTurnstile.ServeAsync(world, http, Otherwise(http, "/{**rest}", 404, "No resource was found at this address.")));
        routes.MapCheetahObservation(world);
    }

    private static CheetahRoute Otherwise(HttpContext http, string path, int status, string message) =>
        new(http.Request.Method, path, (_, _) => CheetahRoute.Refusal(status, message));
}
