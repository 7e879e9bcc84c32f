using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Optimove.Portal.Twins.MobilePush.Access;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>What every call goes through: faults, the session and its permissions, the handler, the log.</summary>
internal static class Turnstile
{
    public static async Task ServeAsync(TwinWorld world, HttpContext http, MobilePushRoute route)
    {
        if (!world.TryMobilePush((string)http.Request.RouteValues["account"]!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        account.EnterService();
        try
        {
            using var call = await Call.ReadAsync(http, world.Clock.GetUtcNow());
            await new Reception(account.Faults, account.Log, world.Clock).ServeAsync(http, call, route.Endpoint, Instead, _ => Handle(http, route, account, call));
        }
        finally
        {
            account.LeaveService();
        }
    }

    private static Answer Handle(HttpContext http, MobilePushRoute route, MobilePushAccount account, Call call)
    {
        lock (account.Gate)
        {
            Session? session = null;
            if (route.Scope is not null)
            {
                session = Token(http) is { } token ? account.SessionOf(token, call.Now) : null;
                if (session is null) return Refusals.NotAuthorized;
                if (!session.Scopes.Contains(route.Scope)) return Refusals.NoPermission;
            }
            var answer = route.Handle(new Visit(account, call, session));
            if (answer.Status < 300 && route.Method != "GET" && session is not null) account.Changed();
            return answer;
        }
    }

    private static string? Token(HttpContext http) =>
        AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization.ToString(), out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter : null;

    private static Answer? Instead(Fault? fault) => fault?.Kind switch
    {
        FaultKind.TooManyRequests => Refusals.TooMany(fault.Delay ?? TimeSpan.FromSeconds(30)),
        FaultKind.Blocked => Refusals.Blocked,
        FaultKind.BareTooManyRequests => Answer.Bare(429),
        FaultKind.BareForbidden => Answer.Bare(403),
        FaultKind.ServerError => Answer.Json(500, new { message = "Internal Server Error", errorcode = 0, documentation = "" }),
        FaultKind.Unavailable => Answer.Json(503, new { message = "Service Unavailable", errorcode = 0, documentation = "" }),
        FaultKind.AddressRefused => Refusals.AddressRefused,
        FaultKind.Refused => Refusals.Push("A subscriber key is not valid."),
        FaultKind.RevokedKey => Refusals.NotAuthorized,
        _ => null,
    };
}
