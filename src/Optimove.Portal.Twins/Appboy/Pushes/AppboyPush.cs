using System.Text.Json.Serialization;
using Optimove.Portal.Twins.Appboy.Campaigns;

namespace Optimove.Portal.Twins.Appboy.Pushes;

[JsonConverter(typeof(JsonStringEnumConverter<PushStatus>))]
public enum PushStatus { Scheduled, Sent, Deleted }

/// <summary>A message that went out to a user's devices of these platforms.</summary>
public sealed record PushMessage(string User, Platforms Platforms);

/// <summary>What one call to send or to schedule asked for, and to whom it went.</summary>
public sealed class AppboyPush
{
    public required string DispatchId { get; init; }
    /// <summary>Null when it was to be sent at once.</summary>
    public string? ScheduleId { get; init; }
    public required string CampaignId { get; init; }
    /// <summary>The <c>dispatch_id</c> among its trigger properties: the sender's own name for the hand-over.</summary>
    public string? Order { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset At { get; set; }
    public PushStatus Status { get; set; }
    public required string[] Recipients { get; set; }
    /// <summary>The trigger properties of single recipients, as they came; empty where they have none of their own.</summary>
    public Dictionary<string, string> Personal { get; init; } = [];
    /// <summary>Empty until it was sent.</summary>
    public PushMessage[] Messages { get; set; } = [];
}
