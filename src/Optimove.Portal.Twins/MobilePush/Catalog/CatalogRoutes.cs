using System.Globalization;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Catalog;

internal static class CatalogRoutes
{
    private const int PageSize = 50;

    public static IEnumerable<MobilePushRoute> All =>
    [
        new("GET", "/push/v1/application", "push_read", GetApps),
        new("GET", "/push/v1/application/{id}", "push_read", GetApp),
        new("GET", "/push/v1/message", "push_read", GetMessages),
        new("GET", "/push/v1/message/{messageId}", "push_read", GetMessage),
        new("DELETE", "/push/v1/message/{messageId}", "push_write", DeleteMessage),
    ];

    private static Answer GetApps(Visit visit) => Answer.Ok(Apps(visit).Select(Json).ToArray());

    private static Answer GetApp(Visit visit) => Apps(visit).FirstOrDefault(a => a.Id == visit.Call.Route("id")) is { } app ? Answer.Ok(Json(app)) : Refusals.NotFound;

    private static Answer GetMessages(Visit visit)
    {
        if (Number(visit.Call, "$page", 1) is not { } page || Number(visit.Call, "$pageSize", PageSize) is not { } size) return Refusals.Invalid("$page and $pageSize are whole numbers from 1 on.");
        if (MessageFilter.Of(visit.Call.Query("$filter")) is not { } filter) return Refusals.Invalid("The $filter could not be read.");
        var found = Messages(visit).Where(filter).ToList();
        return Answer.Ok(new
        {
            count = found.Count,
            page,
            pageSize = size,
            links = new { },
            items = found.Skip((page - 1) * size).Take(size).Select(m => Json(visit.Account, m)).ToArray(),
        });
    }

    // One message, and yet an array.
    private static Answer GetMessage(Visit visit) => Find(visit) is { } message ? Answer.Ok(new[] { Json(visit.Account, message) }) : Refusals.Unknown("The message does not exist.");

    private static Answer DeleteMessage(Visit visit)
    {
        if (Find(visit) is not { } message) return Refusals.Unknown("The message does not exist.");
        visit.Account.Withdraw(message, deleted: true);
        return Answer.Ok(new { });
    }

    private static PushMessage? Find(Visit visit) => Messages(visit).FirstOrDefault(m => m.Id == visit.Call.Route("messageId"));

    private static IEnumerable<PushApp> Apps(Visit visit) => visit.Account.Apps.Where(a => a.Mid == visit.Session!.Mid);

    private static IEnumerable<PushMessage> Messages(Visit visit) => visit.Account.Messages.Values.Where(m => m.Mid == visit.Session!.Mid && !m.Deleted);

    private static int? Number(Call call, string name, int otherwise) =>
        call.Query(name) is not { } text ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;

    private static Dictionary<string, object> Json(PushApp app)
    {
        var json = new Dictionary<string, object> { ["id"] = app.Id, ["key"] = app.Id, ["name"] = app.Name, ["description"] = "", ["apnsEnabled"] = app.Ios, ["gcmEnabled"] = app.Android };
        if (app.IsBare) return json;
        json["keys"] = Array.Empty<object>();
        json["configuration"] = new { };
        if (app.Ios) json["apnsTopic"] = "com.example.app";
        return json;
    }

    private static object Json(MobilePushAccount account, PushMessage message)
    {
        var app = account.Apps.Find(a => a.Id == message.AppId);
        return new
        {
            id = message.Id,
            name = message.Name,
            alert = message.Alert,
            title = message.Title,
            messageType = message.MessageType,
            contentType = message.ContentType,
            application = new { id = message.AppId, key = message.AppId, name = app?.Name ?? "" },
            sendInitiator = message.SendInitiator,
            status = message.Status,
            inclusionLists = message.InclusionLists.Select(id => new { id }).ToArray(),
            exclusionLists = message.ExclusionLists.Select(id => new { id }).ToArray(),
            createdDate = ServerTime.Write(message.CreatedAt),
            lastUpdated = ServerTime.Write(message.UpdatedAt),
        };
    }
}
