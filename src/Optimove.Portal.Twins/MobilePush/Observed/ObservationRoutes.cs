using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Observed;

/// <summary>What steers and shows the twin: no session, no limit, not in the log. Marketing Cloud has none of this.</summary>
internal static class ObservationRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = routes.MapGroup("/mobilepush/{account}/twin");
        twin.MapFaults(http => Find(world, http)?.Faults);
        twin.MapMethods("/state", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Observe(Calls(http)), Json)));
        twin.MapMethods("/deliveries", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(Deliveries(account, http), Json)));
        twin.MapMethods("/messages/{id}", ["DELETE"], http => With(world, http, account => Done(http, account.Delete(Id(http)))));
        twin.MapMethods("/messages/{id}/deactivate", ["POST"], http => With(world, http, account => Done(http, account.Deactivate(Id(http)))));
    }

    private static MobilePushAccount? Find(TwinWorld world, HttpContext http) =>
        world.TryMobilePush((string)http.Request.RouteValues["account"]!, out var account) ? account : null;

    private static Task With(TwinWorld world, HttpContext http, Func<MobilePushAccount, Task> then) => Find(world, http) is { } account ? then(account) : Done(http, found: false);

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static int Calls(HttpContext http) => int.TryParse(http.Request.Query["calls"], out var calls) && calls >= 0 ? calls : 200;

    private static object Deliveries(MobilePushAccount account, HttpContext http)
    {
        var message = http.Request.Query["message"].ToString();
        var deliveries = account.Deliveries(message.Length == 0 ? null : message, http.Request.Query["scheduled"] == "true");
        return new
        {
            message,
            pushes = deliveries.Values.Sum(),
            recipients = deliveries.Count,
            moreThanOnce = deliveries.Where(d => d.Value > 1).Select(d => d.Key),
            contacts = deliveries.Select(d => new { key = d.Key, times = d.Value }),
        };
    }

    private static Task Done(HttpContext http, bool found)
    {
        http.Response.StatusCode = found ? 204 : 404;
        return Task.CompletedTask;
    }
}
