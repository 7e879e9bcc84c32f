using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Optimove.Portal.Twins.Partner;

/// <summary>The partner's listener at <c>/partner/{account}/listener</c>, and what shows and steers it at <c>/partner/{account}/twin</c>.</summary>
public static class PartnerFeature
{
    private const int MostNotices = 1000;

    public static void MapPartner(this IEndpointRouteBuilder routes, TwinWorld world)
    {
        routes.MapPost("/partner/{account}/listener", http => ServeAsync(world, http));
        routes.MapGet("/partner/{account}/twin", http => ShowAsync(world, http));
        routes.MapPost("/partner/{account}/twin/connect", http => ConnectAsync(world, http));
        routes.MapPost("/partner/{account}/twin/faults", http => SteerAsync(world, http));
    }

    private static async Task ServeAsync(TwinWorld world, HttpContext http)
    {
        if (!world.TryPartner((string)http.GetRouteValue("account")!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.ToArray();
        if (account.Slowness > TimeSpan.Zero) await Task.Delay(account.Slowness, http.RequestAborted);
        var signed = IsSigned(account, http.Request.Headers["X-Optimove-Signature-Content"], body);
        var answer = account.AnswersWith ?? (signed ? 200 : 401);
        lock (account.Gate)
        {
            if (account.Notices.Count >= MostNotices) account.Notices.RemoveAt(0);
            account.Notices.Add(new(world.Clock.GetUtcNow(), Encoding.UTF8.GetString(body), signed, answer));
        }
        if (answer == 200) Take(account, body, world.Clock.GetUtcNow());
        account.Note();
        http.Response.StatusCode = answer;
        http.Response.ContentLength = 0;
    }

    private static bool IsSigned(PartnerAccount account, string? given, byte[] body) => given is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.Access.SigningKey), body))));

    private static void Take(PartnerAccount account, byte[] body, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(body);
        var type = json.RootElement.EnumerateObject().First(p => p.Name.Equals("EventTypeID", StringComparison.OrdinalIgnoreCase)).Value.GetInt32();
        lock (account.Gate)
        {
            if (type == 11)
            {
                account.Triggered.Add(Encoding.UTF8.GetString(body));
                return;
            }
            if (type is not (1 or 4 or 13) || json.RootElement.GetProperty("CampaignID").GetInt32() is not (> 0 and var id)) return;
            account.Campaigns.TryGetValue(id, out var known);
            if (type == 4)
            {
                if (known is not null) known.StoppedAt = now;
            }
            else if (known is null) account.Campaigns[id] = new() { Id = id, ToldAt = now };
            // A program that does not notice the repetition fetches and sends once more.
            else if (account.IsDuplicateSensitive) known.FetchedAt = null;
        }
    }

    private static async Task ShowAsync(TwinWorld world, HttpContext http)
    {
        if (!world.TryPartner((string)http.GetRouteValue("account")!, out var account))
        {
            http.Response.StatusCode = 404;
            return;
        }
        byte[] shown;
        lock (account.Gate)
        {
            shown = JsonSerializer.SerializeToUtf8Bytes(new
            {
                account.Name, account.Access.Channel, account.Templates, account.Notices, account.Triggered, account.TriggeredPosts,
                Campaigns = account.Campaigns.Values.Select(c => new { c.Id, c.ToldAt, c.FetchedAt, c.StoppedAt, Messages = c.Messages.Count, c.PostedUntil, c.Fault }),
            });
        }
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(shown, http.RequestAborted);
    }

    /// <summary>Makes the account serve a client's channel: portal, key, signing key, channel, attributes (separated by commas) and templates (id:name, separated by commas) in the query.</summary>
    private static Task ConnectAsync(TwinWorld world, HttpContext http)
    {
        string Of(string name) => http.Request.Query[name].FirstOrDefault() ?? "";
        if (!Uri.TryCreate(Of("portal"), UriKind.Absolute, out var portal) || !int.TryParse(Of("channel"), out var channel))
        {
            http.Response.StatusCode = 400;
            return Task.CompletedTask;
        }
        var attributes = Of("attributes").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var account = world.AddPartner((string)http.GetRouteValue("account")!, new(portal, Of("key"), Of("signing"), channel, int.TryParse(Of("triggered"), out var triggered) ? triggered : null, attributes));
        foreach (var template in Of("templates").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split(':')))
            account.Templates.Add(new(long.Parse(template[0], System.Globalization.CultureInfo.InvariantCulture), template[1]));
        account.Note();
        return Task.CompletedTask;
    }

    // status=500|none, slow=seconds, duplicates=true|false
    private static Task SteerAsync(TwinWorld world, HttpContext http)
    {
        if (!world.TryPartner((string)http.GetRouteValue("account")!, out var account))
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        }
        if (http.Request.Query["status"].FirstOrDefault() is { } status) account.AnswersWith = int.TryParse(status, out var number) ? number : null;
        if (double.TryParse(http.Request.Query["slow"], System.Globalization.CultureInfo.InvariantCulture, out var seconds)) account.Slowness = TimeSpan.FromSeconds(seconds);
        if (bool.TryParse(http.Request.Query["duplicates"], out var duplicates)) account.IsDuplicateSensitive = duplicates;
        account.Note();
        return Task.CompletedTask;
    }
}
