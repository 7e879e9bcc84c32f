using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Observed;

/// <summary>What steers and shows the twin: no token, not in the log. Cheetah has none of this.</summary>
internal static class CheetahObservationRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapCheetahObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = routes.MapGroup("/cheetah/{account}/twin");
        twin.MapMethods("/state", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Observe(Calls(http)), Json)));
        twin.MapMethods("/deliveries", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(Deliveries(account, http), Json)));
        twin.MapMethods("/faults", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Faults.Current, Json)));
        twin.MapMethods("/faults", ["POST"], http => With(world, http, account => ReadAsync<Fault>(http, account.Faults.Set)));
        twin.MapMethods("/faults", ["DELETE"], http => With(world, http, account => Done(http, account.Faults.Clear)));
        twin.MapMethods("/switches", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Switches, Json)));
        twin.MapMethods("/switches", ["PUT"], http => With(world, http, account => ReadAsync<CheetahSwitches>(http, switches => account.Switches = switches)));
        twin.MapMethods("/tokens", ["DELETE"], http => With(world, http, account => Done(http, account.ForgetTokens)));
        twin.MapMethods("/campaigns/{id:long}", ["DELETE"], http => With(world, http, account => Done(http, account.DeleteCampaign(Id(http)))));
        twin.MapMethods("/campaigns/{id:long}/preview", ["GET"], http => With(world, http, account => ShowAsync(http, account.CampaignHtml(Id(http)))));
    }

    private static Task With(TwinWorld world, HttpContext http, Func<CheetahAccount, Task> then) =>
        world.TryCheetah((string)http.Request.RouteValues["account"]!, out var account) ? then(account) : Done(http, found: false);

    private static long Id(HttpContext http) => long.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static int Calls(HttpContext http) => int.TryParse(http.Request.Query["calls"], out var calls) && calls >= 0 ? calls : 200;

    private static object Deliveries(CheetahAccount account, HttpContext http)
    {
        var title = http.Request.Query["title"].ToString();
        var deliveries = account.Deliveries(title.Length == 0 ? null : title, http.Request.Query["scheduled"] == "true");
        return new
        {
            title,
            mails = deliveries.Values.Sum(),
            recipients = deliveries.Count,
            moreThanOnce = deliveries.Where(d => d.Value > 1).Select(d => d.Key),
            addresses = deliveries.Select(d => new { address = d.Key, times = d.Value }),
        };
    }

    private static async Task ReadAsync<T>(HttpContext http, Action<T> take) where T : class
    {
        T? read;
        try
        {
            read = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted);
        }
        catch (JsonException)
        {
            read = null;
        }
        if (read is not null) take(read);
        http.Response.StatusCode = read is null ? 400 : 204;
    }

    private static Task Done(HttpContext http, Action action)
    {
        action();
        return Done(http, found: true);
    }

    private static Task Done(HttpContext http, bool found)
    {
        http.Response.StatusCode = found ? 204 : 404;
        return Task.CompletedTask;
    }

    private static Task ShowAsync(HttpContext http, string? html)
    {
        if (html is null) return Done(http, found: false);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(html);
    }
}
