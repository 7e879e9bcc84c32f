using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Appboy;

/// <summary>The calls of Appboy's REST API that the product makes, for one app group of a connection.</summary>
internal sealed class AppboyClient
{
    /// <summary>Calls in the air at once for one app group, over the whole process. Appboy limits calls per hour only.</summary>
    public const int Connections = 10;

    private readonly Outbound _outbound;
    private readonly AppboyPace _pace;
    private readonly ProviderCall _template;
    private readonly string _base;

    public AppboyClient(Outbound outbound, ProviderConnection connection, AppboyGroup group, Func<string, AppboyPace> paceOf)
    {
        (_outbound, Group) = (outbound, group);
        _base = (connection.BaseAddress?.AbsoluteUri ?? ((AppboySettings)connection.Settings).Host).TrimEnd('/');
        var account = "appboy/" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{_base} {group.Id} {group.RestKey}")), 0, 8);
        _pace = paceOf(account);
        _template = new ProviderCall
        {
            Provider = "Appboy",
            Operation = "answer",
            Connection = connection.Id,
            Gate = new Gate(account, Connections),
            Method = HttpMethod.Get,
            Address = new Uri(_base),
            Authorization = group.RestKey is { } key ? new AuthenticationHeaderValue("Bearer", key) : null,
            Reason = ReadReason,
        };
    }

    public AppboyGroup Group { get; }

    private string? LegacyId => Group.RestKey is null ? Group.Id : null;

    /// <summary>Asks for a page of campaigns and gives the answer even when it is a refusal of access.</summary>
    public Task<ProviderResponse> KnockAsync(CancellationToken cancellation) => GetAsync("/campaigns/list?page=0", "list the campaigns", cancellation, 401, 403);

    public async Task<List<CampaignListed>> GetCampaignsAsync(CancellationToken cancellation)
    {
        var all = new List<CampaignListed>();
        for (var page = 0; ; page++)
        {
            var answer = Read(await GetAsync($"/campaigns/list?page={page}", "list the campaigns", cancellation), AppboyJson.Default.CampaignsAnswer, ProviderFault.Unavailable);
            if (answer.Campaigns is not { Count: > 0 } campaigns)
                return all;
            all.AddRange(campaigns);
        }
    }

    public async Task<CampaignAnswer> GetCampaignAsync(string campaign, CancellationToken cancellation) =>
        Read(await GetAsync($"/campaigns/details?campaign_id={Uri.EscapeDataString(campaign)}", "read the campaign", cancellation), AppboyJson.Default.CampaignAnswer, ProviderFault.Unavailable);

    /// <summary>Waits until the rate headers leave room for a call. Not part of a call, so that nothing is in flight meanwhile.</summary>
    public Task WaitForTurnAsync(CancellationToken cancellation) => _pace.WaitAsync(cancellation);

    /// <summary>Hands at most 50 people over, to be sent to at a time or, without one, now. Nothing about it can be found out afterwards.</summary>
    public async Task<TriggerAnswer> TriggerAsync(SendOrder order, IReadOnlyList<Recipient> recipients, DateTimeOffset? at, CancellationToken cancellation)
    {
        var request = new TriggerRequest(LegacyId, order.TemplateId, false, [.. recipients.Select(r => new TriggerRecipient(r.Address))],
            new TriggerProperties(order.DispatchId), at is { } time ? new TriggerSchedule(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)) : null);
        var answer = await PostAsync(at is null ? "/campaigns/trigger/send" : "/campaigns/trigger/schedule/create", "take a piece of the list",
            JsonSerializer.SerializeToUtf8Bytes(request, AppboyJson.Default.TriggerRequest), repeatable: false, cancellation);
        return Read(answer, AppboyJson.Default.TriggerAnswer, ProviderFault.UnknownOutcome);
    }

    /// <summary>Sends to at most 50 people at once, each with the values that are theirs. Nothing about it can be found out afterwards.</summary>
    public async Task<TriggerAnswer> TriggerNowAsync(TriggeredSend send, CancellationToken cancellation)
    {
        var request = new TriggerRequest(LegacyId, send.TemplateId, false, [.. send.Recipients.Select(r => new TriggerRecipient(r.Address, r.Values))], new TriggerProperties(send.DispatchId), null);
        var answer = await PostAsync("/campaigns/trigger/send", "send the message", JsonSerializer.SerializeToUtf8Bytes(request, AppboyJson.Default.TriggerRequest), repeatable: false, cancellation);
        return Read(answer, AppboyJson.Default.TriggerAnswer, ProviderFault.UnknownOutcome);
    }

    public Task DeleteScheduleAsync(string campaign, string schedule, CancellationToken cancellation) =>
        PostAsync("/campaigns/trigger/schedule/delete", "take a piece of the list back",
            JsonSerializer.SerializeToUtf8Bytes(new ScheduleRequest(LegacyId, campaign, schedule), AppboyJson.Default.ScheduleRequest), repeatable: true, cancellation);

    /// <summary>A row for each of the last days; at most 100.</summary>
    public async Task<(SeriesAnswer Series, string Raw)> GetSeriesAsync(string campaign, int days, DateTimeOffset until, CancellationToken cancellation)
    {
        var answer = await GetAsync($"/campaigns/data_series?campaign_id={Uri.EscapeDataString(campaign)}&length={Math.Clamp(days, 1, 100)}&ending_at={until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            "read the campaign's figures", cancellation);
        return (Read(answer, AppboyJson.Default.SeriesAnswer, ProviderFault.Unavailable), Encoding.UTF8.GetString(answer.Body));
    }

    private Task<ProviderResponse> GetAsync(string path, string operation, CancellationToken cancellation, params int[] alsoAnswers) => SendAsync(_template with
    {
        Address = new Uri(_base + path + (LegacyId is { } id ? $"&app_group_id={Uri.EscapeDataString(id)}" : "")),
        Operation = operation,
        AlsoAnswers = alsoAnswers,
    }, cancellation);

    private Task<ProviderResponse> PostAsync(string path, string operation, ReadOnlyMemory<byte> body, bool repeatable, CancellationToken cancellation) => SendAsync(_template with
    {
        Method = HttpMethod.Post,
        Address = new Uri(_base + path),
        Operation = operation,
        Body = body,
        Repeatable = repeatable,
        AtMostOnce = !repeatable,
    }, cancellation);

    private async Task<ProviderResponse> SendAsync(ProviderCall call, CancellationToken cancellation)
    {
        var answer = await _outbound.SendAsync(call, cancellation);
        _pace.Note(answer.Limit);
        return answer;
    }

    private static T Read<T>(ProviderResponse answer, JsonTypeInfo<T> shape, ProviderFault whenUnreadable)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, shape) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new ProviderException(whenUnreadable, "Appboy gave an answer that could not be read.", inner: error);
        }
    }

    private static string? ReadReason(ProviderResponse response)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body, AppboyJson.Default.Problem)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
