using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>The calls of Marketing Cloud's push API that the product makes, for one connection.</summary>
internal sealed class MobilePushClient(Outbound outbound, AccessTokens tokens, MobilePushLogin login)
{
    private const int PageSize = 50;

    public MobilePushSettings Settings => login.Settings;

    /// <summary>The business units of the settings; the account itself where none is entered.</summary>
    public IReadOnlyList<BusinessUnit> Units { get; } = login.Settings.UnitList;

    /// <exception cref="ProviderException">Its business unit has left the settings.</exception>
    public BusinessUnit UnitOf(MessageRef message) => Units.FirstOrDefault(u => u.Mid == message.Mid) ?? throw new ProviderException(ProviderFault.Misconfigured,
        $"The message belongs to the business unit {(message.Mid.Length == 0 ? "of the account itself" : message.Mid)}, which is not in the connection's settings any more. Enter it again, or choose another message.");

    /// <summary>Has a token at hand, so that a send need not wait for one.</summary>
    public Task PrepareAsync(BusinessUnit unit, CancellationToken cancellation) => tokens.GetAsync(login, unit, null, cancellation);

    /// <summary>The permissions of the unit's token, or none where Salesforce does not say.</summary>
    public async Task<IReadOnlyList<string>> GetScopesAsync(BusinessUnit unit, CancellationToken cancellation) =>
        (await tokens.GetAsync(login, unit, null, cancellation)).Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public async Task<IReadOnlyList<ApplicationAnswer>> GetAppsAsync(BusinessUnit unit, CancellationToken cancellation) =>
        MobilePushAnswers.Read(await GetAsync(unit, "push/v1/application", "list the apps", cancellation), MobilePushJson.Default.IReadOnlyListApplicationAnswer, ProviderFault.Unavailable);

    /// <summary>Every message of the business unit, whatever its kind, from every page.</summary>
    public async Task<IReadOnlyList<MessageAnswer>> GetMessagesAsync(BusinessUnit unit, CancellationToken cancellation)
    {
        var all = new List<MessageAnswer>();
        for (var page = 1; ; page++)
        {
            var answer = await GetAsync(unit, $"push/v1/message?$page={page}&$pageSize={PageSize}", "list the messages", cancellation);
            var messages = MobilePushAnswers.Read(answer, MobilePushJson.Default.MessagesAnswer, ProviderFault.Unavailable);
            all.AddRange(messages.Items ?? []);
            if (messages.Items is null or [] || all.Count >= messages.Count)
                return all;
        }
    }

    /// <summary>Null when the business unit has no such message. Salesforce says so with 400 as well as with 404, and puts the one message into an array.</summary>
    public async Task<MessageAnswer?> FindMessageAsync(BusinessUnit unit, string message, CancellationToken cancellation)
    {
        var answer = await GetAsync(unit, $"push/v1/message/{Uri.EscapeDataString(message)}", "read the message", cancellation, 400, 404);
        if (!answer.IsSuccess)
            return null;
        var array = answer.Body.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'[', ..] ? answer : answer with { Body = [(byte)'[', .. answer.Body, (byte)']'] };
        return MobilePushAnswers.Read(array, MobilePushJson.Default.IReadOnlyListMessageAnswer, ProviderFault.Unavailable).FirstOrDefault();
    }

    /// <summary>Hands at most 5,000 recipients over and gives the token by which the delivery can be asked for. Never repeated unless Salesforce surely did not take it.</summary>
    /// <param name="sendTime">Null sends at once.</param>
    public async Task<string> SendAsync(BusinessUnit unit, string message, IReadOnlyList<string> keys, DateTimeOffset? sendTime, CancellationToken cancellation)
    {
        var answer = await CallAsync(unit, login.Call with
        {
            Method = HttpMethod.Post,
            Operation = "send the message",
            Body = Write(keys, sendTime),
            AtMostOnce = true,
        }, $"push/v1/messageContact/{Uri.EscapeDataString(message)}/send", cancellation);
        return MobilePushAnswers.Read(answer, MobilePushJson.Default.SendAnswer, ProviderFault.UnknownOutcome).TokenId is { Length: > 0 } token ? token
            : throw MobilePushAnswers.Unreadable(ProviderFault.UnknownOutcome);
    }

    /// <summary>What became of one part, and the answer as it came; null when Salesforce does not know it (any more).</summary>
    public async Task<(DeliveryAnswer Delivery, string Raw)?> FindDeliveryAsync(BusinessUnit unit, string message, string token, CancellationToken cancellation)
    {
        var answer = await GetAsync(unit, $"push/v1/messageContact/{Uri.EscapeDataString(message)}/deliveries/{Uri.EscapeDataString(token)}", "read the delivery", cancellation, 404);
        return answer.IsSuccess ? (MobilePushAnswers.Read(answer, MobilePushJson.Default.DeliveryAnswer, ProviderFault.Unavailable), Encoding.UTF8.GetString(answer.Body)) : null;
    }

    private Task<ProviderResponse> GetAsync(BusinessUnit unit, string path, string operation, CancellationToken cancellation, params int[] alsoAnswers) =>
        CallAsync(unit, login.Call with { Operation = operation, AlsoAnswers = alsoAnswers }, path, cancellation);

    /// <summary>With the unit's token, and once more with a new one when Salesforce does not take it: 401 surely had no effect.</summary>
    private async Task<ProviderResponse> CallAsync(BusinessUnit unit, ProviderCall call, string path, CancellationToken cancellation)
    {
        call = call with { AlsoAnswers = [401, .. call.AlsoAnswers] };
        AccessToken? token = null;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            token = await tokens.GetAsync(login, unit, token, cancellation);
            var answer = await outbound.SendAsync(call with { Address = new Uri(token.Rest, path), Authorization = new AuthenticationHeaderValue("Bearer", token.Value) }, cancellation);
            if (answer.Status != 401)
                return answer;
        }
        throw new ProviderException(ProviderFault.Unauthorized,
            $"Salesforce opens a session for {unit.Name} and then does not let it {call.Operation}. Ask the Marketing Cloud administrator whether the installed package was changed; nothing is sent until then.");
    }

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<string> keys, DateTimeOffset? sendTime)
    {
        var buffer = new ArrayBufferWriter<byte>(24 * keys.Count + 128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("subscriberKeys");
        foreach (var key in keys)
            json.WriteStringValue(key);
        json.WriteEndArray();
        if (sendTime is { } time)
            json.WriteString("sendTime", ServerTime.Write(time));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
