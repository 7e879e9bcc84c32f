using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics;

/// <summary>One day's reading of an occurrence's delivery figures; counts since the send, null where the provider offers none.</summary>
public sealed class MetricPull : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int OccurrenceId { get; set; }
    /// <summary>1 to 7: days after the send day.</summary>
    public int Day { get; set; }
    public DateTimeOffset PulledAt { get; set; }
    public PullState State { get; set; }
    public int Tries { get; set; }
    /// <summary>Why there is no reading; of a reading, what to know before trusting it.</summary>
    public string? Sentence { get; set; }
    public long? Sent { get; set; }
    public long? Delivered { get; set; }
    public long? Bounced { get; set; }
    public long? UniqueOpens { get; set; }
    public long? TotalOpens { get; set; }
    public long? UniqueClicks { get; set; }
    public long? TotalClicks { get; set; }
    public long? Unsubscribed { get; set; }
    public long? Complaints { get; set; }
    /// <summary>The provider's answer as it came.</summary>
    public string? Raw { get; set; }
}

/// <summary>Gap: the day is over without a reading.</summary>
public enum PullState { Read, NotYet, Failed, Gap }
