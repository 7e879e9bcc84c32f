using Microsoft.AspNetCore.Components.Endpoints;

namespace Optimove.Portal.Accounts;

/// <summary>Makes the door's answer the HTTP answer too, so that somebody else's client and no client at all are the same 404.</summary>
internal static class DoorOfPages
{
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (SlugOf(http) is { } slug && http.User.Identity?.IsAuthenticated == true
            && !await http.RequestServices.GetRequiredService<TenantDoor>().RunAsync(slug, http.User, http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await next(http);
    }

    // A page of a client is one whose address begins with a parameter: /{tenant}/...
    private static string? SlugOf(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint page && page.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && page.RoutePattern.PathSegments is [{ Parts: [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter] }, ..]
            ? http.GetRouteValue(parameter.Name) as string
            : null;
}
