using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Optimove.Portal.Twins.Wire;

/// <summary>Lists, sets and clears an account's faults over HTTP at <c>/faults</c> of a twin's own routes.</summary>
internal static class FaultRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="find">The account's switches, or null where there is no such account.</param>
    public static void MapFaults(this IEndpointRouteBuilder twin, Func<HttpContext, FaultSwitches?> find)
    {
        twin.MapMethods("/faults", ["GET"], http => With(http, find, faults => http.Response.WriteAsJsonAsync(faults.Current, Json)));
        twin.MapMethods("/faults", ["POST"], http => With(http, find, faults => SetAsync(faults, http)));
        twin.MapMethods("/faults", ["DELETE"], http => With(http, find, faults =>
        {
            faults.Clear();
            http.Response.StatusCode = 204;
            return Task.CompletedTask;
        }));
    }

    private static Task With(HttpContext http, Func<HttpContext, FaultSwitches?> find, Func<FaultSwitches, Task> then)
    {
        if (find(http) is { } faults) return then(faults);
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static async Task SetAsync(FaultSwitches faults, HttpContext http)
    {
        Fault? fault;
        try
        {
            fault = await JsonSerializer.DeserializeAsync<Fault>(http.Request.Body, Json, http.RequestAborted);
        }
        catch (JsonException)
        {
            fault = null;
        }
        if (fault is not null) faults.Set(fault);
        http.Response.StatusCode = fault is null ? 400 : 204;
    }
}
