using System.Text.Json;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Sends;

internal static class SendRoutes
{
    private const int MostKeys = 5000;

    public static IEnumerable<MobilePushRoute> All =>
    [
        new("POST", "/push/v1/messageContact/{messageId}/send", "push_send", Send),
        new("GET", "/push/v1/messageContact/{messageId}/deliveries/{tokenId}", "push_read", GetDelivery),
    ];

    private static Answer Send(Visit visit)
    {
        if (Find(visit) is not { CanBeSent: true } message) return Refusals.NotValid;
        JsonElement body;
        try
        {
            using var document = JsonDocument.Parse(visit.Call.Body);
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Refusals.Push("The request could not be read as JSON.");
        }
        var keys = Field(body, "subscriberKeys");
        var devices = Field(body, "deviceTokens");
        if (Count(keys) + Count(devices) == 0) return Refusals.NoKeys;
        if (Count(keys) > MostKeys || Count(devices) > MostKeys) return Refusals.TooManyKeys;
        DateTimeOffset? sendTime = null;
        if (Field(body, "sendTime") is { ValueKind: not JsonValueKind.Null } text)
        {
            if (text.ValueKind != JsonValueKind.String || !ServerTime.TryRead(text.GetString()!, out var time)) return Refusals.Push("The send time must be given as yyyy-MM-dd HH:mm.");
            sendTime = time;
        }
        return Answer.Json(202, new { tokenId = visit.Account.Accept(message, Keys(keys), Count(keys) + Count(devices), sendTime, visit.Call.Now).TokenId });
    }

    private static Answer GetDelivery(Visit visit)
    {
        var (account, now) = (visit.Account, visit.Call.Now);
        if (Find(visit) is not { } message || account.SendOf(visit.Call.Route("tokenId")) is not { } send || send.MessageId != message.Id) return Refusals.NotFound;
        return Answer.Ok(new
        {
            messageId = message.Id,
            count = send.CountAt(now, account.SendingTakes),
            createDate = ServerTime.Write(send.ReceivedAt),
            scheduledDate = ServerTime.Write(send.SendTime ?? send.ReceivedAt),
            completeDate = ServerTime.Write(send.CompletedAt(now, account.SendingTakes)),
            status = send.StatusAt(now, account.SendingTakes),
            triggeredSendStatus = message.Status == PushMessage.Active && !message.Deleted ? "Active" : "Inactive",
        });
    }

    private static PushMessage? Find(Visit visit) =>
        visit.Account.Messages.TryGetValue(visit.Call.Route("messageId"), out var message) && message.Mid == visit.Session!.Mid ? message : null;

    /// <summary>A field whatever the case of its name.</summary>
    private static JsonElement? Field(JsonElement body, string name)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;
        foreach (var field in body.EnumerateObject())
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return field.Value;
        return null;
    }

    private static int Count(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } keys ? keys.GetArrayLength() : 0;

    private static IEnumerable<string> Keys(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } keys ? keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.GetString()!) : [];
}
