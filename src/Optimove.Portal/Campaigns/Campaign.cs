using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns;

/// <summary>What is said to whom, through what and when. A draft may be incomplete; a scheduled campaign has its occurrence.</summary>
public sealed class Campaign : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public required string Name { get; set; }
    public CampaignState State { get; set; }
    public int? TargetGroupId { get; set; }
    /// <summary>Share of the reachable customers who get nothing, 0 to 0.5.</summary>
    public decimal ControlShare { get; set; } = 0.10m;
    public Kpi Kpi { get; set; }
    /// <summary>Days from the planned send time in which transactions count, 1 to 365.</summary>
    public int MeasurementDays { get; set; } = 30;
    public int? ConnectionId { get; set; }
    public int? TemplateId { get; set; }
    /// <summary>Wall date and time in the tenant's zone.</summary>
    public DateOnly? SendDate { get; set; }
    public TimeOnly? SendTime { get; set; }
    public int? CopiedFromId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public string? ScheduledBy { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public uint Version { get; set; }

    /// <summary>How the audit log names it: by name and number, because names change.</summary>
    public string AuditName => $"Campaign \"{Name}\" ({Id})";
}

public enum CampaignState { Draft, Scheduled, Cancelled }
