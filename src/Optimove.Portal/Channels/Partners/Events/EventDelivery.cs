using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>
/// One notice to one listener, written in the transaction that made it true and posted until the listener has taken it, at least once.
/// The notices of a listener go out in the order of their numbers; one that was not taken within a day is given up.
/// </summary>
public sealed class EventDelivery : ITenantOwned
{
    public long Id { get; set; }
    public int TenantId { get; set; }
    public int ListenerId { get; set; }
    /// <summary>As <see cref="EventListener.EventType"/>.</summary>
    public int EventType { get; set; }
    /// <summary>The campaign on a date that it tells of; null for other news.</summary>
    public int? OccurrenceId { get; set; }
    /// <summary>The JSON that is posted, byte for byte.</summary>
    public required string Body { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public int Tries { get; set; }
    /// <summary>Null once it was taken or given up.</summary>
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? GivenUpAt { get; set; }
    /// <summary>HTTP status of the last answer; null while there was none.</summary>
    public int? Status { get; set; }
    /// <summary>Why the last try failed, in a sentence.</summary>
    public string? Fault { get; set; }
    /// <summary>Milliseconds that the last try took.</summary>
    public int? TookMs { get; set; }
    /// <summary>A person made it: to try the listener, or to tell something again.</summary>
    public bool ByPerson { get; set; }
}
