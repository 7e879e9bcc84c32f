using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MailChimp;

/// <summary>The calls of MailChimp's Marketing API 3.0 that the product makes, for one connection.</summary>
internal sealed class MailChimpClient
{
    private const int PageSize = 1000;

    private readonly Outbound _outbound;
    private readonly ProviderCall _template;
    private readonly string _base;

    public MailChimpClient(Outbound outbound, ProviderConnection connection, int connections)
    {
        _outbound = outbound;
        Settings = (MailChimpSettings)connection.Settings;
        _base = (connection.BaseAddress?.AbsoluteUri ?? $"https://{Settings.DataCentre}.api.mailchimp.com/3.0").TrimEnd('/');
        _template = new ProviderCall
        {
            Provider = "MailChimp",
            Operation = "answer",
            Connection = connection.Id,
            Gate = new Gate("mailchimp/" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Settings.ApiKey)), 0, 8), connections),
            Method = HttpMethod.Get,
            Address = new Uri(_base),
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"optimove:{Settings.ApiKey}"))),
            Reason = ReadReason,
        };
    }

    public MailChimpSettings Settings { get; }

    private string List => $"/lists/{Uri.EscapeDataString(Settings.ListId)}";

    public Task PingAsync(CancellationToken cancellation) => SendAsync(HttpMethod.Get, "/ping", "answer a ping", cancellation);

    public async Task<ListAnswer?> GetListAsync(CancellationToken cancellation) =>
        await FindAsync($"{List}?fields=id,name,stats.member_count", "read the list", MailChimpJson.Default.ListAnswer, cancellation);

    /// <summary>A member's status, or null when the address is not in the list.</summary>
    public async Task<string?> GetMemberStatusAsync(string address, CancellationToken cancellation) =>
        (await FindAsync($"{List}/members/{MemberHash(address)}?fields=status", "look a member up", MailChimpJson.Default.MemberAnswer, cancellation))?.Status;

    public async Task<IReadOnlyList<DomainAnswer>> GetDomainsAsync(CancellationToken cancellation) =>
        (await AskAsync("/verified-domains", "list the verified domains", MailChimpJson.Default.DomainsAnswer, cancellation)).Domains ?? [];

    public async Task<TemplateAnswer?> FindTemplateAsync(int id, CancellationToken cancellation) =>
        await FindAsync($"/templates/{id}", "read the template", MailChimpJson.Default.TemplateAnswer, cancellation);

    public Task<List<TemplateAnswer>> GetTemplatesAsync(CancellationToken cancellation) =>
        PagesAsync("/templates?type=user", "list the templates", MailChimpJson.Default.TemplatesAnswer, page => (page.Templates, page.TotalItems), cancellation);

    public async Task<int> CreateSegmentAsync(string name, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new NewSegment(name, []), MailChimpJson.Default.NewSegment);
        return Made(await SendAsync(HttpMethod.Post, $"{List}/segments", "make the segment", cancellation, body), MailChimpJson.Default.SegmentAnswer).Id;
    }

    /// <summary>
    /// Adds at most 500 members; the same again changes nothing and gives the same answer. Who was added before may be answered
    /// without the status, so such a chunk is taken out and put in once more.
    /// </summary>
    public async Task<IReadOnlyList<Rejection>> AddMembersAsync(int segment, IReadOnlyList<Recipient> recipients, CancellationToken cancellation)
    {
        var added = await ChangeMembersAsync(segment, MembersJson.Add, recipients, cancellation);
        if (added.HasRepeats)
        {
            await ChangeMembersAsync(segment, MembersJson.Remove, recipients, cancellation);
            added = await ChangeMembersAsync(segment, MembersJson.Add, recipients, cancellation);
        }
        return added.Rejections;
    }

    private async Task<MembersAnswer> ChangeMembersAsync(int segment, string change, IReadOnlyList<Recipient> recipients, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Post, $"{List}/segments/{segment}", "add recipients to the segment", cancellation, MembersJson.Write(change, recipients));
        try
        {
            return MembersJson.Read(answer.Body, recipients);
        }
        catch (JsonException error)
        {
            throw Unreadable(ProviderFault.UnknownOutcome, error);
        }
    }

    public async Task<SegmentAnswer?> FindSegmentAsync(int segment, CancellationToken cancellation) =>
        await FindAsync($"{List}/segments/{segment}", "read the segment", MailChimpJson.Default.SegmentAnswer, cancellation);

    public Task<List<SegmentAnswer>> GetSegmentsAsync(DateTimeOffset since, CancellationToken cancellation) =>
        PagesAsync($"{List}/segments?type=static&since_created_at={Time(since)}", "list the segments", MailChimpJson.Default.SegmentsAnswer, page => (page.Segments, page.TotalItems), cancellation);

    /// <summary>Removes a segment; one that is not there is removed already.</summary>
    public Task DeleteSegmentAsync(int segment, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, $"{List}/segments/{segment}", "delete the segment", cancellation, goneIsFine: true);

    public async Task<string> CreateCampaignAsync(NewCampaign campaign, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(campaign, MailChimpJson.Default.NewCampaign);
        return Made(await SendAsync(HttpMethod.Post, "/campaigns", "make the campaign", cancellation, body), MailChimpJson.Default.CampaignAnswer).Id;
    }

    public async Task<CampaignAnswer?> FindCampaignAsync(string campaign, CancellationToken cancellation) =>
        await FindAsync($"/campaigns/{Uri.EscapeDataString(campaign)}", "read the campaign", MailChimpJson.Default.CampaignAnswer, cancellation);

    public Task<List<CampaignAnswer>> GetCampaignsAsync(DateTimeOffset since, CancellationToken cancellation) =>
        PagesAsync($"/campaigns?list_id={Uri.EscapeDataString(Settings.ListId)}&since_create_time={Time(since)}&sort_field=create_time&sort_dir=DESC",
            "list the campaigns", MailChimpJson.Default.CampaignsAnswer, page => (page.Campaigns, page.TotalItems), cancellation);

    public Task<ChecklistAnswer> GetChecklistAsync(string campaign, CancellationToken cancellation) =>
        AskAsync($"/campaigns/{Uri.EscapeDataString(campaign)}/send-checklist", "read the send checklist", MailChimpJson.Default.ChecklistAnswer, cancellation);

    public Task ScheduleAsync(string campaign, DateTimeOffset at, CancellationToken cancellation) =>
        ActAsync(campaign, "schedule", "schedule the campaign", cancellation,
            JsonSerializer.SerializeToUtf8Bytes(new NewSchedule(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", null)), MailChimpJson.Default.NewSchedule));

    public Task UnscheduleAsync(string campaign, CancellationToken cancellation) => ActAsync(campaign, "unschedule", "unschedule the campaign", cancellation);

    public Task CancelSendAsync(string campaign, CancellationToken cancellation) => ActAsync(campaign, "cancel-send", "stop the sending", cancellation);

    public Task DeleteCampaignAsync(string campaign, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, $"/campaigns/{Uri.EscapeDataString(campaign)}", "delete the campaign", cancellation, goneIsFine: true);

    /// <summary>The report as it came, or null while there is none yet.</summary>
    public async Task<(ReportAnswer Report, string Raw)?> FindReportAsync(string campaign, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, $"/reports/{Uri.EscapeDataString(campaign)}", "read the report", cancellation, goneIsFine: true);
        return answer.Status == 404 ? null : (Read(answer, MailChimpJson.Default.ReportAnswer, ProviderFault.Unavailable), Encoding.UTF8.GetString(answer.Body));
    }

    private Task ActAsync(string campaign, string action, string operation, CancellationToken cancellation, ReadOnlyMemory<byte> body = default) =>
        SendAsync(HttpMethod.Post, $"/campaigns/{Uri.EscapeDataString(campaign)}/actions/{action}", operation, cancellation, body);

    private async Task<T?> FindAsync<T>(string path, string operation, JsonTypeInfo<T> shape, CancellationToken cancellation) where T : class
    {
        var answer = await SendAsync(HttpMethod.Get, path, operation, cancellation, goneIsFine: true);
        return answer.Status == 404 ? null : Read(answer, shape, ProviderFault.Unavailable);
    }

    private async Task<List<TItem>> PagesAsync<TPage, TItem>(
        string path, string operation, JsonTypeInfo<TPage> shape, Func<TPage, (IReadOnlyList<TItem> Items, int Total)> open, CancellationToken cancellation)
    {
        var all = new List<TItem>();
        while (true)
        {
            var (items, total) = open(await AskAsync($"{path}&count={PageSize}&offset={all.Count}", operation, shape, cancellation));
            all.AddRange(items);
            if (items.Count == 0 || all.Count >= total)
                return all;
        }
    }

    private Task<ProviderResponse> SendAsync(
        HttpMethod method, string path, string operation, CancellationToken cancellation, ReadOnlyMemory<byte> body = default, bool goneIsFine = false) =>
        _outbound.SendAsync(_template with
        {
            Method = method,
            Address = new Uri(_base + path),
            Operation = operation,
            Body = body,
            Repeatable = method == HttpMethod.Delete,
            AlsoAnswers = goneIsFine ? [404] : [],
        }, cancellation);

    private async Task<T> AskAsync<T>(string path, string operation, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Read(await SendAsync(HttpMethod.Get, path, operation, cancellation), shape, ProviderFault.Unavailable);

    private static T Made<T>(ProviderResponse answer, JsonTypeInfo<T> shape) => Read(answer, shape, ProviderFault.UnknownOutcome);

    private static T Read<T>(ProviderResponse answer, JsonTypeInfo<T> shape, ProviderFault whenUnreadable)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, shape) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw Unreadable(whenUnreadable, error);
        }
    }

    private static ProviderException Unreadable(ProviderFault fault, JsonException error) => new(fault, "MailChimp gave an answer that could not be read.", inner: error);

    private static string? ReadReason(ProviderResponse response)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(response.Body, MailChimpJson.Default.Problem);
            var fields = problem?.Errors?.Where(e => e.Message is not null).Select(e => string.IsNullOrEmpty(e.Field) ? e.Message! : $"{e.Field}: {e.Message}").ToList() ?? [];
            return fields.Count > 0 ? string.Join("; ", fields) : problem?.Detail ?? problem?.Title;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string MemberHash(string address) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant())));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
