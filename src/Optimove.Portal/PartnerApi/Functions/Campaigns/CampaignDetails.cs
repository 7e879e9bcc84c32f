using Optimove.Portal.Campaigns;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Executions;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>A campaign on a date, in the names of the wire.</summary>
internal record CampaignDetails(
    int TargetGroupID, string CampaignType, int Duration, int LeadTime, string Notes, bool IsMultiChannel, bool IsRecurrence, string Status, string Error,
    IReadOnlyList<string> Tags, int TestGroupSize, int ControlGroupSize, IReadOnlyList<ChannelOfCampaign> Channels)
{
    /// <summary>A campaign is not told before its day.</summary>
    public const int NoLeadTime = 0;

    public static IReadOnlyList<ApiField> Fields { get; } =
    [
        Must("TargetGroupID", ApiType.Integer), Must("CampaignType", ApiType.Text), Must("Duration", ApiType.Integer), Must("LeadTime", ApiType.Integer), Must("Notes", ApiType.Text),
        Must("IsMultiChannel", ApiType.Boolean), Must("IsRecurrence", ApiType.Boolean), Must("Status", ApiType.Text), Must("Error", ApiType.Text), Must("Tags", ApiType.Texts),
        Must("TestGroupSize", ApiType.Integer), Must("ControlGroupSize", ApiType.Integer), Must("Channels", ApiType.List) with { Fields = [Must("Id", ApiType.Integer)] },
    ];

    public static CampaignDetails Of(Execution e) => new(
        e.TargetGroupId ?? 0, e.ControlShare > 0 ? "Test/Control" : "Test", e.Days, NoLeadTime, "", IsMultiChannel: false, IsRecurrence: false, StatusOf(e), ErrorOf(e.Occurrence),
        [], e.Occurrence.ToSend, e.Occurrence.Control, [new(e.ChannelId)]);

    private static string StatusOf(Execution e) => e.IsCancelled ? "Cancelled" : e.Occurrence.State switch
    {
        OccurrenceState.Scheduled or OccurrenceState.Preparing or OccurrenceState.Locked => "Scheduled",
        OccurrenceState.Pushing => "In progress",
        OccurrenceState.HandedOver or OccurrenceState.Measuring or OccurrenceState.Closed => "Successful",
        OccurrenceState.Held => "On hold",
        OccurrenceState.Missed => "Failed",
        _ => "Incomplete",
    };

    private static string ErrorOf(Occurrence o) => o.State is OccurrenceState.Held or OccurrenceState.Missed or OccurrenceState.Incomplete ? o.Sentence ?? "" : "";
}

/// <summary>A channel that a campaign goes through.</summary>
internal sealed record ChannelOfCampaign(int Id);

/// <summary>A campaign in a list: its number first.</summary>
internal sealed record NumberedDetails : CampaignDetails
{
    public NumberedDetails(int number, CampaignDetails details) : base(details) => CampaignID = number;

    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public int CampaignID { get; }
}
