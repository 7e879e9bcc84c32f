using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Optimove.Portal.Twins.Wire;

/// <summary>
/// What steers and shows the accounts of a twin below <c>/{provider}/{account}/twin</c>: no key, no limit, not in the log; no provider has
/// any of it. Every twin has <c>state</c>, <c>deliveries</c> and <c>faults</c>, and adds what is its own.
/// </summary>
/// <param name="routes">The group of those addresses.</param>
/// <param name="find">The account of a name, or null.</param>
internal sealed class Observation<TAccount>(IEndpointRouteBuilder routes, Func<string, TAccount?> find) where TAccount : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="observe">One look at an account, with at most so many of its calls.</param>
    /// <param name="deliveries">How often each recipient was reached, by what is named and, when asked for, by what still waits.</param>
    public Observation<TAccount> Map(Func<TAccount, FaultSwitches> faults, Func<TAccount, int, object> observe, Func<TAccount, IQueryCollection, object> deliveries)
    {
        Show("/state", (account, http) => observe(account, Calls(http)));
        Show("/deliveries", (account, http) => deliveries(account, http.Request.Query));
        Show("/faults", (account, _) => faults(account).Current);
        Take<Fault>("POST", "/faults", (account, fault) => faults(account).Set(fault));
        Do("DELETE", "/faults", (account, _) =>
        {
            faults(account).Clear();
            return true;
        });
        return this;
    }

    public void Show(string path, Func<TAccount, HttpContext, object> what) =>
        Serve("GET", path, (account, http) => http.Response.WriteAsJsonAsync(what(account, http), Json));

    /// <param name="html">Null where there is nothing to show.</param>
    public void ShowHtml(string path, Func<TAccount, HttpContext, string?> html) => Serve("GET", path, (account, http) =>
    {
        if (html(account, http) is not { } page) return Done(http, found: false);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(page);
    });

    /// <summary>Takes over a body in JSON; 400 when it cannot be read.</summary>
    public void Take<T>(string method, string path, Action<TAccount, T> take) where T : class => Serve(method, path, async (account, http) =>
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
        if (read is not null) take(account, read);
        http.Response.StatusCode = read is null ? 400 : 204;
    });

    /// <param name="act">False when what the address names is not there.</param>
    public void Do(string method, string path, Func<TAccount, HttpContext, bool> act) => Serve(method, path, (account, http) => Done(http, act(account, http)));

    private void Serve(string method, string path, Func<TAccount, HttpContext, Task> then) => routes.MapMethods(path, [method], http =>
        find((string)http.Request.RouteValues["account"]!) is { } account ? then(account, http) : Done(http, found: false));

    private static int Calls(HttpContext http) => int.TryParse(http.Request.Query["calls"], out var calls) && calls >= 0 ? calls : 200;

    private static Task Done(HttpContext http, bool found)
    {
        http.Response.StatusCode = found ? 204 : 404;
        return Task.CompletedTask;
    }
}

/// <summary>What the addresses of an observation say.</summary>
internal static class Observed
{
    public static string Text(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    public static long Number(this HttpContext http, string name) => long.Parse(http.Text(name), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A query value; null where it is not given.</summary>
    public static string? Given(this IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    public static bool Scheduled(this IQueryCollection query) => query["scheduled"] == "true";
}
