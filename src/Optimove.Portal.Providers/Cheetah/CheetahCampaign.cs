using System.Globalization;
using System.Text.Json.Nodes;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>Reads and writes Cheetah's campaign object. A template is a campaign too, of which a copy is sent.</summary>
internal static class CheetahCampaign
{
    public static JsonNode? Id(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : id;

    /// <summary>The template under a new name, for the import's people alone, at the account's local time. Nothing of the template's own audience or time is kept.</summary>
    public static JsonObject CopyOf(JsonObject template, SendOrder order, CheetahSettings settings, string import, string startTime)
    {
        var copy = template.DeepClone().AsObject();
        foreach (var own in (string[])["campId", "campAction", "status", "toFilterId", "campReviewFlags"])
            copy.Remove(own);
        copy["campName"] = order.DispatchId;
        copy["custId"] = settings.Cust;
        copy["channelTypeId"] = "EMAIL";
        copy["typeId"] = "REGULAR";
        copy["loadAndSendImportId"] = Id(import);
        copy["campParam"] = ScheduledAt(copy["campParam"], settings, startTime);
        copy["obj"] = new JsonObject { ["display_name"] = order.DispatchId, ["type_id"] = "CampaignEmail", ["parent_obj_id"] = settings.Folder };
        return copy;
    }

    /// <summary>A draft as it was read, at another time.</summary>
    public static JsonObject Moved(JsonObject campaign, CheetahSettings settings, string startTime)
    {
        var moved = campaign.DeepClone().AsObject();
        moved["campParam"] = ScheduledAt(moved["campParam"], settings, startTime);
        return moved;
    }

    public static bool IsAt(JsonObject campaign, CheetahSettings settings, string startTime) =>
        campaign["campParam"]?["sendSchedule"] is JsonObject schedule && CheetahAssumptions.Text(schedule["timeZone"]) == settings.TimeZone
        && CheetahTime.IsSame(CheetahAssumptions.Text(schedule["startTime"]), startTime);

    /// <summary>Whether the campaign goes to this import's people and to nobody else. One with neither import nor filter goes to the whole table.</summary>
    public static bool GoesTo(JsonObject campaign, string import) => Import(campaign) == import && !IsSet(campaign["toFilterId"]);

    /// <summary>Made for an import, as the product's own campaigns are.</summary>
    public static bool HasImport(JsonObject campaign) => IsSet(campaign["loadAndSendImportId"]);

    public static string? Name(JsonObject campaign) => CheetahAssumptions.Text(campaign["campName"]);

    public static string? Html(JsonObject campaign) => campaign["contBodies"] is JsonArray bodies
        ? bodies.OfType<JsonObject>().Where(body => CheetahAssumptions.Text(body["type"])?.Contains("HTML", StringComparison.OrdinalIgnoreCase) == true).Select(body => CheetahAssumptions.Text(body["body"])).FirstOrDefault()
        : null;

    /// <summary>Why a campaign of the folder cannot be sent as a template, or null when it can.</summary>
    public static string? Unusable(JsonObject campaign)
    {
        if (CheetahAssumptions.IsArchived(campaign)) return "This template was archived in Cheetah Messaging.";
        if (CheetahAssumptions.Text(campaign["typeId"]) == "TRIGGERED") return "This campaign is event-triggered, and only a regular one can be sent to a list. Save a regular campaign as the template.";
        return CheetahAssumptions.Text(campaign["channelTypeId"]) is { } channel && channel != "EMAIL" ? $"This campaign is not an e-mail but {channel}." : null;
    }

    private static string? Import(JsonObject campaign) => CheetahAssumptions.Text(campaign["loadAndSendImportId"]);

    private static bool IsSet(JsonNode? id) => CheetahAssumptions.Text(id) is { Length: > 0 } and not "0";

    private static JsonObject ScheduledAt(JsonNode? parameters, CheetahSettings settings, string startTime)
    {
        var scheduled = parameters?.DeepClone() as JsonObject ?? [];
        scheduled.Remove("queueSchedule");
        scheduled["sendSchedule"] = new JsonObject { ["startTime"] = startTime, ["timeZone"] = settings.TimeZone };
        return scheduled;
    }
}
