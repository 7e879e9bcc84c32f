using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp;

/// <summary>What every call goes through: at most ten at once, faults, the key, the handler, the log.</summary>
internal static class Turnstile
{
    private const int AtOnce = 10;
    private static readonly Answer TooMany = Answer.Problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.");
    private static readonly Answer BadKey = Answer.Problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter.");

    public static async Task ServeAsync(TwinWorld world, HttpContext http, MailChimpRoute route)
    {
        if (!world.TryMailChimp((string)http.Request.RouteValues["account"]!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        var inService = account.EnterService();
        try
        {
            using var call = await Call.ReadAsync(http, world.Clock.GetUtcNow());
            var reception = new Reception(account.Faults, account.Log, world.Clock);
            if (inService > AtOnce) await reception.RefuseAsync(http, call, route.Endpoint, TooMany);
            else await reception.ServeAsync(http, call, route.Endpoint, Instead, _ => Handle(http, route, account, call));
        }
        finally
        {
            account.LeaveService();
        }
    }

    private static Answer Handle(HttpContext http, MailChimpRoute route, MailChimpAccount account, Call call)
    {
        if (!HasKey(http.Request.Headers.Authorization.ToString(), account.ApiKey)) return BadKey;
        lock (account.Gate)
        {
            account.Advance(call.Now);
            var answer = route.Handle(account, call);
            if (answer.Status < 300 && route.Method != "GET") account.Changed();
            return answer;
        }
    }

    private static Answer? Instead(Fault? fault) => fault?.Kind switch
    {
        FaultKind.TooManyRequests => TooMany,
        FaultKind.BareTooManyRequests => Answer.Bare(429),
        FaultKind.BareForbidden => Answer.Bare(403),
        FaultKind.ServerError => Answer.Problem(500, "Internal Server Error", "An unexpected internal error has occurred. Please contact Support for more information."),
        FaultKind.RevokedKey => BadKey,
        _ => null,
    };

    /// <summary>Basic with any user name, or Bearer.</summary>
    private static bool HasKey(string header, string key)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var authorization) || authorization.Parameter is not { } parameter) return false;
        if (authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return Same(parameter, key);
        Span<byte> decoded = stackalloc byte[512];
        if (!authorization.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(parameter, decoded, out var length)) return false;
        var credentials = Encoding.UTF8.GetString(decoded[..length]);
        return Same(credentials[(credentials.IndexOf(':') + 1)..], key);
    }

    private static bool Same(string given, string key) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
}
