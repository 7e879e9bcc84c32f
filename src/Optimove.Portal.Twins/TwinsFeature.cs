using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.Partner;

namespace Optimove.Portal.Twins;

/// <summary>Every twin, one base path each.</summary>
public static class TwinsFeature
{
    public static void MapTwins(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        routes.MapMailChimp(world);
        routes.MapMobilePush(world);
        routes.MapAppboy(world);
        routes.MapCheetah(world);
        routes.MapPartner(world);
    }
}
