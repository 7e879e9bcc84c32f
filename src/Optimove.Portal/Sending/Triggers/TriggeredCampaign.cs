using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers;

/// <summary>
/// A campaign that reaches each customer at the moment when the customer meets a trigger. Counting and deciding go on only while it is live and
/// its days run. Programs know it by <see cref="Number"/>.
/// </summary>
public sealed class TriggeredCampaign : ITenantOwned
{
    /// <summary>Added to the id, so that no number is one of a campaign on a date too.</summary>
    public const int FirstNumber = 1_000_000_000;

    public int Id { get; set; }
    public int TenantId { get; set; }
    public required string Name { get; set; }
    /// <summary>What partners read as the trigger's name; the campaign's where it is empty.</summary>
    public required string TriggerName { get; set; }
    public TriggeredCampaignState State { get; set; }
    /// <summary>The trigger as JSON; see <see cref="TriggerRule"/>.</summary>
    public required string Rule { get; set; }
    /// <summary>Who may get it, decided at the moment; null until one is chosen.</summary>
    public int? TargetGroupId { get; set; }
    /// <summary>The channel's number, as its partner knows it; of a connection, its <see cref="Channels.ExecutionChannel"/>.</summary>
    public int? ChannelId { get; set; }
    /// <summary>The action: the id of the channel's template.</summary>
    public int? ActionId { get; set; }
    /// <summary>Share of those who would get it who get nothing, 0 to 0.5.</summary>
    public decimal ControlShare { get; set; }
    /// <summary>After how many days a customer may enter again; null for once and never again.</summary>
    public int? EntryDays { get; set; }
    /// <summary>The first and the last day, both included, in the client's zone; null for no bound.</summary>
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public required string SavedBy { get; set; }
    /// <summary>When it was last started, paused or ended.</summary>
    public DateTimeOffset? StateAt { get; set; }
    public uint Version { get; set; }

    public int Number => FirstNumber + Id;
    /// <summary>How the audit log names it.</summary>
    public string AuditName => $"Triggered campaign \"{Name}\" ({Id})";

    /// <summary>Whether its days run on this day of the client.</summary>
    public bool RunsOn(DateOnly day) => (StartsOn is null || day >= StartsOn) && (EndsOn is null || day <= EndsOn);
}

public enum TriggeredCampaignState { Draft, Live, Paused, Ended }
