using System.Diagnostics;
using Microsoft.Extensions.Options;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>
/// Takes the calls of the API out of the way of pages, cookies and anti-forgery, and answers each with a status, a Content-Length and, where
/// it is refused, a sentence. Whatever a caller sends is a 4xx; a 500 is a fault of the product, and logged as one.
/// </summary>
internal sealed class ApiDoor(RequestDelegate next, CallLog calls, CallRate rate, IOptions<PartnerApiOptions> options, ILogger<ApiDoor> log)
{
    // What is answered on every host: probes, and the description of the API.
    private static readonly PathString Probes = "/health", Description = "/openapi";

    public async Task InvokeAsync(HttpContext http)
    {
        var segments = ApiPath.Read(http.Request.Path);
        if (ElsewhereOnly(http.Request, segments is not null) is { } sentence)
        {
            using var nothing = ApiAnswer.NotFound(sentence);
            await nothing.WriteAsync(http.Response, http.RequestAborted);
        }
        else if (segments is null) await next(http);
        else await CallAsync(http, segments);
    }

    /// <returns>Where the API has a host of its own, what is said to a request at the wrong one; null where it is at the right one.</returns>
    private string? ElsewhereOnly(HttpRequest request, bool isCall)
    {
        if (options.Value.Host.Length == 0) return null;
        if (!request.Host.Host.Equals(options.Value.Host, StringComparison.OrdinalIgnoreCase)) return isCall ? "The API is not answered at this host." : null;
        return isCall || request.Path.StartsWithSegments(Probes) || request.Path.StartsWithSegments(Description) ? null : "There is nothing at this address. Functions are at /current, then their group and name.";
    }

    private async Task CallAsync(HttpContext http, IReadOnlyList<string> segments)
    {
        var watch = Stopwatch.GetTimestamp();
        var call = new DoorCall(http);
        try
        {
            using var answer = await GuardedAsync(call, segments);
            await answer.WriteAsync(http.Response, http.RequestAborted);
            if (call.Caller is { } caller && call.Function is { } function) calls.Add(caller, function, answer, call.RequestBytes, Stopwatch.GetElapsedTime(watch));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever called has gone.
        }
    }

    private async Task<ApiAnswer> GuardedAsync(DoorCall call, IReadOnlyList<string> segments)
    {
        try
        {
            return await AnswerAsync(call, segments);
        }
        catch (RefusedException e)
        {
            return ApiAnswer.Refused(400, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            return ApiAnswer.Refused(e.StatusCode, "The request could not be read.");
        }
        catch (Exception e) when (!call.Http.RequestAborted.IsCancellationRequested)
        {
            log.LogError(e, "{Function} failed", call.Function?.ToString() ?? "A call");
            return ApiAnswer.Refused(500, "Something went wrong on our side. It has been recorded.");
        }
    }

    private async Task<ApiAnswer> AnswerAsync(DoorCall call, IReadOnlyList<string> segments)
    {
        var request = call.Http.Request;
        if (ApiCatalogue.Find(request.Method, segments, out var parameters) is not { } function) return ApiAnswer.Plain(405, "\"Method Not Allowed\"");
        call.Function = function;
        if (function.Callers != ApiCallers.Anybody && await AdmitAsync(call, function) is { } turnedAway) return turnedAway;
        ApiValues query;
        try
        {
            query = ValueReading.FromTexts(function.Query, name => parameters.TryGetValue(name, out var value) ? value : request.Query.TryGetValue(name, out var values) ? values.ToString() : null);
        }
        catch (RefusedException e)
        {
            return ApiAnswer.Plain(400, e.Message);
        }
        var (items, bytes, refusal) = await ApiBodyReader.ReadAsync(function, request, call.Http.RequestAborted);
        call.RequestBytes = bytes;
        if (refusal is not null) return refusal;
        if (call.Caller is { } caller && query.Channels().Concat(items.SelectMany(i => i.Channels())).FirstOrDefault(c => !caller.MayReach(c)) is not 0 and var foreign)
            return ApiAnswer.Refused(403, $"This key is not allowed to use channel {foreign}.");
        return await function.Handler(new(call.Http.RequestServices, call.Caller, new(query, items), call.Http.RequestAborted) { Address = call.Http.Connection.RemoteIpAddress });
    }

    /// <returns>Null where the caller may make this call; the client has been entered then.</returns>
    private async Task<ApiAnswer?> AdmitAsync(DoorCall call, ApiFunction function)
    {
        var headers = call.Http.Request.Headers;
        var found = await call.Http.RequestServices.GetRequiredService<FindCaller>().RunAsync(headers["X-API-KEY"].ToString(), headers["Authorization-Token"].ToString(), call.Http.RequestAborted);
        if (found.Caller is not { } caller) return found.Refusal!;
        call.Caller = caller;
        if (rate.Take($"credential {caller.CredentialId}", caller.CallsPerWindow, CallRate.Window) is { } seconds)
            return ApiAnswer.Refused(429, $"limit of {caller.CallsPerWindow} requests in {CallRate.Window.TotalSeconds:0} seconds reached", seconds);
        return function.Callers == ApiCallers.Clients && caller.Kind == CredentialKind.Partner
            ? ApiAnswer.Refused(403, $"{function.Name} needs a client key; this is a partner's.") : null;
    }

    private sealed class DoorCall(HttpContext http)
    {
        public HttpContext Http => http;
        public ApiFunction? Function { get; set; }
        public ApiCaller? Caller { get; set; }
        public long RequestBytes { get; set; }
    }
}
