using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>What every call goes through: faults, access in either mode, permission, quota, the handler, the log.</summary>
internal static class AppboyTurnstile
{
    private static readonly Answer BadKey = AppboyRoute.Refusal(401, "Invalid API Key");
    private static readonly Answer TooMany = AppboyRoute.Refusal(429, "API rate limit exceeded");

    public static async Task ServeAsync(TwinWorld world, HttpContext http, AppboyRoute route)
    {
        if (!world.TryAppboy((string)http.Request.RouteValues["account"]!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        account.EnterService();
        try
        {
            using var call = await Call.ReadAsync(http, world.Clock.GetUtcNow());
            var full = new Quota(250_000, 250_000, call.Now, Allowed: true);
            await new Reception(account.Faults, account.Log, world.Clock).ServeAsync(http, call, route.Endpoint, fault => Instead(fault) is { } answer
                ? WithQuota(http, answer, fault!.Kind == FaultKind.TooManyRequests ? full with { Remaining = 0, Reset = call.Now + (fault.Delay ?? TimeSpan.Zero) } : full) : null, fault =>
            {
                var quota = full;
                var answer = Handle(http, route, account, call, ref quota);
                return WithQuota(http, fault?.Kind == FaultKind.Queued && answer.Status == 201 ? AppboyRoute.Refusal(202, "queued") : answer, quota);
            });
        }
        finally
        {
            account.LeaveService();
        }
    }

    private static Answer Handle(HttpContext http, AppboyRoute route, AppboyAccount account, Call call, ref Quota quota)
    {
        if (!TryBody(call, out var body)) return AppboyRoute.Refusal(400, "The request could not be read as JSON");
        var request = new AppboyRequest(call, body);
        lock (account.Gate)
        {
            if (GroupOf(http, account, request) is not { } group) return BadKey;
            quota = group.TakeCall(call.Now, route.Path == "/campaigns/data_series");
            if (!quota.Allowed) return TooMany;
            if (group.Denied.Contains(route.Permission)) return AppboyRoute.Refusal(401, $"The API key lacks the permission {route.Permission}");
            account.Advance(call.Now);
            return route.Handle(group, request);
        }
    }

    /// <summary>The app group of the Bearer key; without one, the app group that body or query names, if it has no key.</summary>
    private static AppGroup? GroupOf(HttpContext http, AppboyAccount account, AppboyRequest request)
    {
        if (AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) && header.Scheme == "Bearer")
            return account.Groups.Values.FirstOrDefault(g => g.RestKey is not null && g.RestKey == header.Parameter);
        var id = request.Text("app_group_id") ?? request.Call.Query("app_group_id");
        return id is not null && account.Groups.TryGetValue(id, out var group) && group.RestKey is null ? group : null;
    }

    private static bool TryBody(Call call, out JsonElement body)
    {
        body = default;
        if (call.Body.IsEmpty) return true;
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            body = document.RootElement.Clone();
            return body.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Answer? Instead(Fault? fault) => fault?.Kind switch
    {
        FaultKind.TooManyRequests => TooMany,
        FaultKind.BareTooManyRequests => Answer.Bare(429),
        FaultKind.BareForbidden => Answer.Bare(403),
        FaultKind.AddressRefused => AppboyRoute.Refusal(403, "Your IP address is not whitelisted"),
        FaultKind.ServerError => AppboyRoute.Refusal(500, "Internal Server Error"),
        FaultKind.Unavailable => AppboyRoute.Refusal(503, "Service Unavailable"),
        FaultKind.RevokedKey => BadKey,
        FaultKind.Refused => AppboyRoute.Refusal(400, "A recipient is not valid"),
        _ => null,
    };

    private static Answer WithQuota(HttpContext http, Answer answer, Quota quota)
    {
        if (!answer.HasBody) return answer;
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = quota.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = quota.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = quota.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return answer;
    }
}
