using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns;

/// <summary>
/// A campaign on a date: made when the campaign is scheduled, frozen when its list is made, then carried to its end by Sending and Metrics.
/// At most one for a campaign and a date.
/// </summary>
public sealed class Occurrence : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    /// <summary>The send date in the tenant's zone.</summary>
    public DateOnly Date { get; set; }
    public DateTimeOffset SendAt { get; set; }
    /// <summary>IANA zone and wall time that <see cref="SendAt"/> was made from.</summary>
    public required string Zone { get; set; }
    public TimeOnly WallTime { get; set; }
    /// <summary>From when the campaign can no longer be edited and its list is made.</summary>
    public DateTimeOffset LocksAt { get; set; }
    public OccurrenceState State { get; set; }
    /// <summary>Why it is held, missed, incomplete or cancelled, who acts, and what happens otherwise.</summary>
    public string? Sentence { get; set; }

    // Frozen when the list is made.
    public string? Rule { get; set; }
    public string? Salt { get; set; }
    public decimal ControlShare { get; set; }
    public Kpi Kpi { get; set; }
    public int MeasurementDays { get; set; }
    public int ConnectionId { get; set; }
    public int TemplateId { get; set; }
    public string? ProviderTemplateId { get; set; }
    /// <summary>The provider's id of the app or app group that the template belongs to.</summary>
    public string? ScopeId { get; set; }
    public string? Subject { get; set; }
    public string? PreviewText { get; set; }
    /// <summary>The day of the customer data that the list was made from.</summary>
    public DateOnly? DataDate { get; set; }

    /// <summary>Names everything that is made at the provider for this occurrence; the same for ever.</summary>
    public required string DispatchId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ListedAt { get; set; }
    public DateTimeOffset? PushStartedAt { get; set; }
    public DateTimeOffset? HandedOverAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }
    public string? CancelledBy { get; set; }

    /// <summary>Considered = Excluded + Control + Accepted + Rejected + Unknown + still to go.</summary>
    public int Considered { get; set; }
    public int Excluded { get; set; }
    public int Control { get; set; }
    public int Accepted { get; set; }
    public int Rejected { get; set; }
    public int Unknown { get; set; }

    /// <summary>Who works on it now and until when the claim holds; an expired claim may be taken over.</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? RetryAt { get; set; }
    public int Attempts { get; set; }

    public int ToSend => Considered - Excluded - Control;
    public int StillToGo => ToSend - Accepted - Rejected - Unknown;
    /// <summary>End of the window in which transactions count.</summary>
    public DateTimeOffset MeasuredUntil => SendAt.AddDays(MeasurementDays);
}

/// <summary>The life of an occurrence, in its order; the last four need a person or are an end.</summary>
public enum OccurrenceState
{
    /// <summary>Planned; editable until it locks.</summary>
    Scheduled,
    /// <summary>The list is being made.</summary>
    Preparing,
    /// <summary>The list is fixed; the hand-over has not begun.</summary>
    Locked,
    /// <summary>Being handed over to the provider.</summary>
    Pushing,
    /// <summary>All handed over; the provider waits for the time.</summary>
    HandedOver,
    /// <summary>The time has come and everyone is accounted for; metrics are collected for seven days.</summary>
    Measuring,
    /// <summary>All windows are over.</summary>
    Closed,
    /// <summary>A check stopped it before anything went out.</summary>
    Held,
    /// <summary>The start window passed; nothing went out.</summary>
    Missed,
    /// <summary>Some recipients have no answer.</summary>
    Incomplete,
    Cancelled,
}
