using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Observed;

/// <summary>What steers and shows the twin: no key, no limit, not in the log. Appboy has none of this.</summary>
internal static class AppboyObservation
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder twin, TwinWorld world)
    {
        twin.MapMethods("/state", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(AppboyState.Of(account), Json)));
        twin.MapMethods("/deliveries", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(Deliveries(account, http.Request.Query), Json)));
        twin.MapMethods("/faults", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Faults.Current, Json)));
        twin.MapMethods("/faults", ["POST"], http => With(world, http, account => SetFaultAsync(account, http)));
        twin.MapMethods("/faults", ["DELETE"], http => With(world, http, account =>
        {
            account.Faults.Clear();
            return Done(http, 204);
        }));
    }

    private static Task With(TwinWorld world, HttpContext http, Func<AppboyAccount, Task> then) =>
        world.TryAppboy((string)http.Request.RouteValues["account"]!, out var account) ? then(account) : Done(http, 404);

    /// <summary>Of one order or of all; with <c>scheduled=true</c> also what still waits.</summary>
    private static object Deliveries(AppboyAccount account, IQueryCollection query)
    {
        List<AppGroup> groups;
        lock (account.Gate) groups = [.. account.Groups.Values];
        var order = query["order"].ToString();
        var people = groups.SelectMany(g => g.Deliveries(order.Length == 0 ? null : order, query["scheduled"] == "true").Select(d => new { appGroup = g.Id, user = d.Key, times = d.Value })).ToList();
        return new { order, messages = people.Sum(p => p.times), recipients = people.Count, people };
    }

    private static async Task SetFaultAsync(AppboyAccount account, HttpContext http)
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
        if (fault is not null) account.Faults.Set(fault);
        http.Response.StatusCode = fault is null ? 400 : 204;
    }

    private static Task Done(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
