using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.MailChimp.Observed;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp;

/// <summary>MailChimp's API version 3.0 at <c>/mailchimp/{account}/3.0</c>, and what steers and shows the twin at <c>/mailchimp/{account}/twin</c>.</summary>
public static class MailChimpFeature
{
    public static void MapMailChimp(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var api = routes.MapGroup("/mailchimp/{account}/3.0");
        foreach (var route in MailChimpRoute.All)
            api.MapMethods(route.Path, [route.Method], http => Turnstile.ServeAsync(world, http, route));
        foreach (var path in MailChimpRoute.All.Select(r => r.Path).Distinct())
            api.Map(path, http => Turnstile.ServeAsync(world, http, Otherwise(http, path, 405, "Method Not Allowed", "The requested method and resource are not compatible.")));
        api.Map("/{**rest}", http => Turnstile.ServeAsync(world, http, Otherwise(http, "/{**rest}", 404, "Resource Not Found", "The requested resource could not be found.")));
        routes.MapObservation(world);
    }

    private static MailChimpRoute Otherwise(HttpContext http, string path, int status, string title, string detail) =>
        new(http.Request.Method, path, (_, _) => Answer.Problem(status, title, detail));
}
