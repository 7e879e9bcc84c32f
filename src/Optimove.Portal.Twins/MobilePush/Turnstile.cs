using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Optimove.Portal.Twins.MobilePush.Access;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush;

/// <summary>What every call goes through: faults, the session and its permissions, the handler, the log.</summary>
internal static class Turnstile
{
    private static readonly TimeSpan CutAfter = TimeSpan.FromSeconds(120);

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
            await ServeAsync(world, http, route, account, call);
        }
        finally
        {
            account.LeaveService();
        }
    }

    private static async Task ServeAsync(TwinWorld world, HttpContext http, MobilePushRoute route, MobilePushAccount account, Call call)
    {
        var fault = account.Faults.Next(route.Endpoint);
        Answer? answer = null;
        try
        {
            if (fault?.Kind is FaultKind.Slow or FaultKind.Hang)
                await Task.Delay(fault.Delay ?? (fault.Kind == FaultKind.Hang ? CutAfter : TimeSpan.FromSeconds(1)), world.Clock, http.RequestAborted);
            answer = Instead(fault) ?? (fault?.Kind is FaultKind.Hang or FaultKind.RequestLost ? null : Handle(http, route, account, call));
            if (fault?.Kind == FaultKind.AnswerLost) answer = null;
        }
        finally
        {
            // Before the answer goes out, so that whoever has the answer finds the call in the log.
            account.Log.Add(new ReceivedCall(call.Now, route.Endpoint, http.Request.Path + http.Request.QueryString, answer?.Status ?? 0, call.Body.Length, fault?.Kind));
        }
        if (answer is null) http.Abort();
        else await AnswerWriter.SendAsync(http, call, answer);
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
        FaultKind.RevokedKey => Refusals.NotAuthorized,
        _ => null,
    };
}
