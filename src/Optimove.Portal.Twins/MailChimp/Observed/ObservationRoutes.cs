using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Observed;

/// <summary>What steers and shows the twin: no key, no limit, not in the log. MailChimp has none of this.</summary>
internal static class ObservationRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapObservation(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        var twin = routes.MapGroup("/mailchimp/{account}/twin");
        twin.MapMethods("/state", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Observe(Calls(http)), Json)));
        twin.MapMethods("/deliveries", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(Deliveries(account, http), Json)));
        twin.MapMethods("/faults", ["GET"], http => With(world, http, account => http.Response.WriteAsJsonAsync(account.Faults.Current, Json)));
        twin.MapMethods("/faults", ["POST"], http => With(world, http, account => SetFaultAsync(account, http)));
        twin.MapMethods("/faults", ["DELETE"], http => With(world, http, account => Done(http, account.Faults.Clear)));
        twin.MapMethods("/templates/{id:int}", ["DELETE"], http => With(world, http, account => Done(http, account.DeleteTemplate(Id(http)))));
        twin.MapMethods("/templates/{id:int}/preview", ["GET"], http => With(world, http, account => ShowAsync(http, account.TemplateHtml(Id(http)))));
        twin.MapMethods("/campaigns/{id}/preview", ["GET"], http => With(world, http, account => ShowAsync(http, account.CampaignHtml((string)http.Request.RouteValues["id"]!))));
    }

    private static Task With(TwinWorld world, HttpContext http, Func<MailChimpAccount, Task> then) =>
        world.TryMailChimp((string)http.Request.RouteValues["account"]!, out var account) ? then(account) : Done(http, found: false);

    private static int Id(HttpContext http) => int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static int Calls(HttpContext http) => int.TryParse(http.Request.Query["calls"], out var calls) && calls >= 0 ? calls : 200;

    private static object Deliveries(MailChimpAccount account, HttpContext http)
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

    private static async Task SetFaultAsync(MailChimpAccount account, HttpContext http)
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
