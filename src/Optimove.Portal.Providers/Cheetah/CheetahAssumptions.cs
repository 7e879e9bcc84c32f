using System.Text.Json;
using System.Text.Json.Nodes;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>
/// ASSUMED: every path, field name and word of Cheetah's API that no public document shows. The reference stands behind the client's
/// login at <c>/services2/help/</c>; whoever can read it corrects this class, and nothing else of the connector has to change.
/// </summary>
internal static class CheetahAssumptions
{
    // Paths below /services2/api.
    public static string Folder(long id) => $"/Folder?id={id}";
    public static string DataMap(long id) => $"/PropMap?id={id}";
    public static string Import(string id) => $"/Import?id={Uri.EscapeDataString(id)}";
    public static string Metrics(string campaign) => $"/EmailCampaign/Metrics?id={Uri.EscapeDataString(campaign)}";
    public static string Record(long custId, string field, string value) => $"/SearchRecords?cust_id={custId}&name={Uri.EscapeDataString(field)}&value={Uri.EscapeDataString(value)}";

    // Words of the import call. The file is comma-separated UTF-8 with a header of Map To names and double quotes where needed.
    public const string LoadAndSend = "LOAD_AND_SEND";
    public const string Priority = "NORMAL";
    public const string Encoding = "utf-8";

    // Types of the objects in a folder.
    public const string ImportType = "Import";
    public const string CampaignType = "CampaignEmail";
    private const string Archived = "ARCHIVED";

    /// <summary>A folder answers with its children.</summary>
    public static IReadOnlyList<FolderChild> ReadChildren(JsonObject folder) =>
        [.. Items(folder["children"]).Select(child => new FolderChild(Text(child["ref_id"]) ?? "", Text(child["display_name"]) ?? "", Text(child["type_id"]) ?? ""))];

    public static string ReadFolderName(JsonObject folder) => Text(folder["folder_name"]) ?? "";

    /// <summary>An import has a status that goes from queued over running to done or failed, counts, and the identifiers that it did not take.</summary>
    public static ImportLook ReadImport(JsonObject import) => new(
        Text(import["status"])?.ToUpperInvariant() switch { "DONE" => ImportState.Done, "FAILED" => ImportState.Failed, _ => ImportState.Running },
        Number(import["accepted_count"]), Number(import["rejected_count"]),
        [.. Items<JsonNode>(import["rejected_identifiers"]).Select(Text).OfType<string>()], Text(import["message"]));

    /// <summary>A campaign has a status of these words; while it waits for approval its sending flag is up besides (that was seen).</summary>
    public static CampaignState ReadState(JsonObject campaign) => Text(campaign["status"])?.ToUpperInvariant() switch
    {
        "DRAFT" => CampaignState.Draft,
        "CALCULATING" => CampaignState.Calculating,
        "SCHEDULED" => CampaignState.Scheduled,
        "SENDING" => CampaignState.Sending,
        "SENT" => CampaignState.Sent,
        "PAUSED" => CampaignState.Paused,
        _ when campaign["campReviewFlags"] is JsonObject flags && flags["sendingFlag"]?.GetValueKind() == JsonValueKind.True => CampaignState.WaitingForApproval,
        _ => CampaignState.Other,
    };

    public static bool IsArchived(JsonObject campaign) => campaign["obj"] is JsonObject obj && Text(obj["eligibility_status_id"]) == Archived;

    /// <summary>The figures under the names that the guide gives them; null where one is missing.</summary>
    public static CheetahFigures ReadFigures(JsonObject metrics) => new(
        Count(metrics["Sent"]), Count(metrics["Received"]), Count(metrics["MessageOpens"]), Count(metrics["MessageClicks"]), Count(metrics["Unsubs"]));

    /// <summary>The Map To names of a Data Map, and the account that it belongs to.</summary>
    public static (IReadOnlyList<string> MapTo, long CustId) ReadDataMap(JsonObject map) =>
        ([.. Items(map["PropMapProps"]).Select(prop => Text(prop["label"])).OfType<string>()], Number(map["cust_id"]));

    /// <summary>A caller whose address is not on the whitelist is told so with a 403, whatever the call; else a 403 is a missing right.</summary>
    public static bool IsNotWhitelisted(string? message) =>
        string.IsNullOrEmpty(message) || message.Contains("whitelist", StringComparison.OrdinalIgnoreCase) || message.Contains("IP address", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text, or a number as text.</summary>
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };

    private static long Number(JsonNode? node) => Count(node) ?? 0;

    private static long? Count(JsonNode? node) => long.TryParse(Text(node), out var number) ? number : null;

    private static IEnumerable<JsonObject> Items(JsonNode? node) => Items<JsonObject>(node);

    private static IEnumerable<T> Items<T>(JsonNode? node) where T : JsonNode => node is JsonArray items ? items.OfType<T>() : [];
}

/// <param name="Id">The id under which the object's own call knows it.</param>
internal sealed record FolderChild(string Id, string Name, string Type);

internal enum ImportState { Running, Done, Failed }

internal sealed record ImportLook(ImportState State, long Accepted, long Rejected, IReadOnlyList<string> RejectedIdentifiers, string? Message);

/// <summary>The way of a campaign: draft, launched and calculating, waiting for approval, scheduled, sending, sent; paused on the way.</summary>
internal enum CampaignState { Draft, Calculating, WaitingForApproval, Scheduled, Sending, Sent, Paused, Other }

internal sealed record CheetahFigures(long? Sent, long? Received, long? MessageOpens, long? MessageClicks, long? Unsubs);
