using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Lookups;

/// <summary>What only reads: tables, folder, Data Map, search for a record.</summary>
internal static class LookupRoutes
{
    public static IEnumerable<CheetahRoute> All =>
    [
        new("GET", "/api/Table", (_, _) => Answer.Ok(new { tables = new[] { new { entity_id = 100, display_name = "Recipients" } } })),
        new("GET", "/api/Folder", Folder),
        new("GET", "/api/PropMap", DataMap),
        new("GET", "/api/SearchRecords", Search),
    ];

    private static Answer Folder(CheetahAccount account, Call call)
    {
        if (!long.TryParse(call.Query("id"), out var id) || !account.Folders.TryGetValue(id, out var name)) return CheetahRoute.Refusal(404, "no results");
        var imports = account.Imports.Where(i => !i.Deleted && i.FolderId == id).Select(i => Child(i.Id, i.Name, "Import", "AVAILABLE"));
        var campaigns = account.Campaigns.Where(c => !c.Deleted && c.FolderId == id).Select(c => Child(c.Id, c.Name, "CampaignEmail", c.Eligibility));
        return Answer.Ok(new { folder_id = id, folder_name = name, parent_folder_id = 1, children = imports.Concat(campaigns).ToArray() });
    }

    private static object Child(long id, string name, string type, string eligibility) =>
        new { obj_id = 1_000_000 + id, ref_id = id, display_name = name, type_id = type, eligibility_status_id = eligibility };

    private static Answer DataMap(CheetahAccount account, Call call) => call.Query("id") != account.PropMapId.ToString(System.Globalization.CultureInfo.InvariantCulture)
        ? CheetahRoute.Refusal(404, "no results")
        : Answer.Ok(new
        {
            prop_map_id = account.PropMapId,
            entity_id = 100,
            cust_id = account.CustId,
            PropMapFlat = new { separator = ",", first_row = true, text_qualifier = "\"" },
            PropMapProps = account.MapTo.Select((label, at) => new { prop_id = 31 + at, seq = at + 1, label }).ToArray(),
        });

    private static Answer Search(CheetahAccount account, Call call) =>
        call.Query("name") == account.IdentifierField && call.Query("value") is { } value && account.PlaceOf.TryGetValue(value, out var place)
            ? Answer.Ok(new { data = new[] { new { name = account.IdentifierField, value = account.People[place] } } })
            : CheetahRoute.Refusal(404, "no results");
}
