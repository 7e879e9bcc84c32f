using Microsoft.AspNetCore.Routing;

namespace Optimove.Portal.Twins.MailChimp.Observed;

internal static class TwinRoutes
{
    public static void MapMailChimpTwin(this IEndpointRouteBuilder routes, TwinWorld world)
    {
    }
}
