using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Optimove.Portal.Twins.Partner;

/// <summary>The portal's API as a partner's program calls it.</summary>
internal sealed class PortalCalls(PartnerAccess access) : IDisposable
{
    private const int PageSize = 1000, MostTemplates = 100, MostCustomers = 10_000;
    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss"];
    private readonly HttpClient _http = new() { BaseAddress = access.Portal, DefaultRequestHeaders = { { "X-API-KEY", access.ApiKey } } };

    public Task ListenAsync(int type, int? channel, Uri listener, CancellationToken cancellation) =>
        PostAsync("current/general/RegisterEventListener", new { EventTypeID = type, ChannelID = channel, ListenerURL = listener.ToString() }, cancellation);

    public async Task OfferAsync(int channel, IEnumerable<PartnerTemplate> templates, CancellationToken cancellation)
    {
        foreach (var some in templates.Chunk(MostTemplates))
            await PostAsync($"current/integrations/AddChannelTemplates?ChannelID={channel}", some.Select(t => new { TemplateID = t.Id, TemplateName = t.Name }), cancellation);
    }

    /// <summary>Everybody of a campaign, page by page until one is empty.</summary>
    public async Task<List<PartnerMessage>> FetchAsync(int campaign, CancellationToken cancellation)
    {
        var all = new List<PartnerMessage>();
        while (true)
        {
            var attributes = access.Attributes.Count == 0 ? "" : $"&CustomerAttributes={Uri.EscapeDataString(string.Join(';', access.Attributes))}";
            using var answer = await _http.GetAsync($"current/customers/GetCustomerSendDetailsByChannel?CampaignID={campaign}&ChannelID={access.Channel}{attributes}&$top={PageSize}&$skip={all.Count}", cancellation);
            answer.EnsureSuccessStatusCode();
            using var page = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            if (page.RootElement.GetArrayLength() == 0) return all;
            all.AddRange(page.RootElement.EnumerateArray().Select(Message));
        }
    }

    public Task PostFiguresAsync(int channel, int campaign, IEnumerable<(long Template, int Metric, long Value)> figures, CancellationToken cancellation) => PostAsync("current/integrations/UpdateCampaignMetrics",
        figures.Select(f => new { ChannelID = channel, CampaignID = campaign, TemplateID = f.Template, MetricID = f.Metric, MetricValue = f.Value }), cancellation);

    public async Task PostInteractionsAsync(int channel, int campaign, long template, int happened, DateOnly day, IEnumerable<string> customers, CancellationToken cancellation)
    {
        foreach (var some in customers.Chunk(MostCustomers))
            await PostAsync("current/integrations/UpdateCampaignInteractions", new
            {
                CampaignID = campaign, ChannelID = channel, TemplateID = template, EventID = happened, InteractionDate = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CustomerIDs = some,
            }, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static PartnerMessage Message(JsonElement row) => new(
        row.GetProperty("CustomerID").GetString()!, row.GetProperty("TemplateID").GetInt64(),
        DateTimeOffset.ParseExact(row.GetProperty("ScheduledTime").GetString()!, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        row.TryGetProperty("CustomerAttributes", out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : []);

    private async Task PostAsync<T>(string path, T body, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, JsonSerializerOptions.Default, cancellation);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
