using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah;

/// <summary>What every call goes through: faults, the whitelist, the token, the handler, the log.</summary>
internal static class CheetahTurnstile
{
    public static async Task ServeAsync(TwinWorld world, HttpContext http, CheetahRoute route)
    {
        if (!world.TryCheetah((string)http.Request.RouteValues["account"]!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        // An import is one call, whatever its size.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        account.EnterService();
        try
        {
            using var call = await Call.ReadAsync(http, world.Clock.GetUtcNow());
            await new Reception(account.Faults, account.Log, world.Clock).ServeAsync(http, call, route.EndpointOf(call), Instead, _ => Handle(http, route, account, call));
        }
        finally
        {
            account.LeaveService();
        }
    }

    private static Answer Handle(HttpContext http, CheetahRoute route, CheetahAccount account, Call call)
    {
        lock (account.Gate)
        {
            if (!account.Switches.Whitelisted) return NotWhitelisted();
            if (route.Path != CheetahTokens.Path && !account.Tokens.IsGood(http.Request.Headers.Authorization.ToString(), call.Now)) return BadToken();
            var answer = route.Handle(account, call);
            if (answer.Status < 300 && route.Method != "GET") account.Changed();
            return answer;
        }
    }

    private static Answer? Instead(Fault? fault) => fault?.Kind switch
    {
        FaultKind.TooManyRequests => CheetahRoute.Refusal(429, "Too many requests."),
        FaultKind.BareTooManyRequests => Answer.Bare(429),
        FaultKind.BareForbidden => Answer.Bare(403),
        FaultKind.ServerError => CheetahRoute.Refusal(500, "An error has occurred."),
        FaultKind.Unavailable => CheetahRoute.Refusal(503, "The service is unavailable."),
        FaultKind.AddressRefused => NotWhitelisted(),
        FaultKind.RevokedKey => BadToken(),
        _ => null,
    };

    private static Answer NotWhitelisted() => CheetahRoute.Refusal(403, "The IP address of the caller is not whitelisted.");

    private static Answer BadToken() => CheetahRoute.Refusal(401, "Authorization has been denied for this request.");
}
