using System.Text.Json;
using Optimove.Portal.Twins.Cheetah.Campaigns;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Imports;

internal static class ImportRoutes
{
    public static IEnumerable<CheetahRoute> All =>
    [
        new("POST", "/api/Import", Create),
        new("GET", "/api/Import", (account, call) => With(account, call, import => Answer.Ok(Json(account, import, call.Now)))),
        new("DELETE", "/api/Import", (account, call) => With(account, call, import => Delete(account, import, call.Now))),
    ];

    private static Answer With(CheetahAccount account, Call call, Func<ImportRun, Answer> then) =>
        long.TryParse(call.Query("id"), out var id) && account.Import(id) is { } import ? then(import) : CheetahRoute.Refusal(404, "no results");

    private static Answer Create(CheetahAccount account, Call call)
    {
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            var root = document.RootElement;
            if (root.GetProperty("cust_id").GetInt64() != account.CustId) return CheetahRoute.Refusal(400, "The cust_id is not known.");
            if (root.GetProperty("prop_map_id").GetInt64() != account.PropMapId) return CheetahRoute.Refusal(400, "The prop_map_id is not known.");
            var (name, folder) = (root.GetProperty("obj").GetProperty("display_name").GetString()!, root.GetProperty("obj").GetProperty("parent_obj_id").GetInt64());
            if (!account.Folders.ContainsKey(folder)) return CheetahRoute.Refusal(400, "The parent_obj_id is not a folder.");
            if (account.IsTaken(folder, name)) return CheetahRoute.Refusal(400, "An object with this name already exists in this folder.");
            var import = ImportRows.Read(account, root.GetProperty("import_file").GetProperty("file").GetBytesFromBase64(), name, folder, call.Now);
            account.Imports.Add(import);
            return Answer.Ok(new { import_id = import.Id });
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return CheetahRoute.Refusal(400, "The request is not a valid import.");
        }
    }

    private static object Json(CheetahAccount account, ImportRun import, DateTimeOffset now)
    {
        var status = import.StatusAt(now, account.Switches);
        var isDone = status == "DONE";
        return new
        {
            import_id = import.Id,
            cust_id = account.CustId,
            prop_map_id = account.PropMapId,
            status,
            accepted_count = isDone ? import.Accepted.Length : 0,
            rejected_count = isDone ? import.Rejected.Length : 0,
            rejected_identifiers = isDone && !account.Switches.HidesRejected ? import.Rejected : [],
            message = status == "FAILED" ? import.Failure : null,
            obj = new { display_name = import.Name, type_id = "Import", parent_obj_id = import.FolderId },
        };
    }

    private static Answer Delete(CheetahAccount account, ImportRun import, DateTimeOffset now)
    {
        if (account.Campaigns.Exists(c => !c.Deleted && c.ImportId == import.Id && c.StatusAt(now, account.Switches) is not (CampaignStatus.Draft or CampaignStatus.Sent)))
            return CheetahRoute.Refusal(400, "The import is used by a campaign.");
        import.Deleted = true;
        return Answer.Ok(new { import_id = import.Id });
    }
}
