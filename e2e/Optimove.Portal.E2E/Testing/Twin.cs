using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Optimove.Portal.E2E.Testing;

/// <summary>The MailChimp twin of the demo asked behind the portal's back: what it was given, and the report that it would show its own user.</summary>
public sealed class Twin(int port) : IDisposable
{
    // The demo's key; it opens nothing but the twin.
    private const string Key = "demo0key0of0the0twin0only-us6";

    private readonly HttpClient _http = new()
    {
        BaseAddress = new($"http://127.0.0.1:{port}/mailchimp/demo/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("any:" + Key))) },
    };

    /// <summary>Where all twins of this portal listen.</summary>
    public Uri Origin { get; } = new($"http://127.0.0.1:{port}/");

    /// <summary>The campaign there that belongs to an occurrence: its title ends in the campaign's id and the day.</summary>
    public async Task<TwinCampaign> CampaignAsync(string campaignId, DateOnly day)
    {
        var state = await GetAsync("twin/state?calls=0");
        var ending = FormattableString.Invariant($"-{campaignId}-{day:yyyyMMdd}");
        var found = state.GetProperty("campaigns").EnumerateArray().Single(c => c.GetProperty("title").GetString()!.EndsWith(ending, StringComparison.Ordinal));
        return new(found.GetProperty("id").GetString()!, found.GetProperty("title").GetString()!, found.GetProperty("subject").GetString()!,
            found.GetProperty("recipients").GetInt32(), found.GetProperty("scheduleTime").Deserialize<DateTimeOffset?>());
    }

    /// <summary>The titles of all campaigns there.</summary>
    public async Task<string[]> TitlesAsync() =>
        [.. (await GetAsync("twin/state?calls=0")).GetProperty("campaigns").EnumerateArray().Select(c => c.GetProperty("title").GetString()!)];

    /// <summary>How often each address is mailed under a title, by what is scheduled or sent.</summary>
    public async Task<Dictionary<string, int>> DeliveriesAsync(string title)
    {
        var deliveries = await GetAsync($"twin/deliveries?title={Uri.EscapeDataString(title)}&scheduled=true");
        return deliveries.GetProperty("addresses").EnumerateArray().ToDictionary(a => a.GetProperty("address").GetString()!, a => a.GetProperty("times").GetInt32());
    }

    /// <summary>The time by the clock that portal and twin share.</summary>
    public async Task<DateTimeOffset> NowAsync() => (await GetAsync("twin/state?calls=0")).GetProperty("now").GetDateTimeOffset();

    /// <summary>That time as the demo's client reads it in Paris.</summary>
    public async Task<DateTime> LocalTimeAsync() => TimeZoneInfo.ConvertTime(await NowAsync(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime;

    /// <summary>MailChimp's report of a campaign, as its API gives it.</summary>
    public async Task<TwinReport> ReportAsync(string campaign)
    {
        var report = await GetAsync("3.0/reports/" + campaign);
        var bounces = report.GetProperty("bounces");
        return new(report.GetProperty("emails_sent").GetInt32(),
            bounces.GetProperty("hard_bounces").GetInt32() + bounces.GetProperty("soft_bounces").GetInt32() + bounces.GetProperty("syntax_errors").GetInt32(),
            report.GetProperty("opens").GetProperty("unique_opens").GetInt32(), report.GetProperty("clicks").GetProperty("unique_subscriber_clicks").GetInt32(),
            report.GetProperty("unsubscribed").GetInt32());
    }

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    public void Dispose() => _http.Dispose();
}

public sealed record TwinCampaign(string Id, string Title, string Subject, int Recipients, DateTimeOffset? ScheduledFor);

public sealed record TwinReport(int Sent, int Bounced, int UniqueOpens, int UniqueClicks, int Unsubscribed)
{
    public int Delivered => Sent - Bounced;
}
