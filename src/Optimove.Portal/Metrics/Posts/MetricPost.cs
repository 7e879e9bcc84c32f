using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Metrics.Posts;

/// <summary>A figure as a partner's program posted it, kept as it came.</summary>
public sealed class MetricPost : ITenantOwned
{
    public long Id { get; set; }
    public int TenantId { get; set; }
    public int OccurrenceId { get; set; }
    /// <summary>The partner's number of the template.</summary>
    public long TemplateNumber { get; set; }
    /// <summary>As the program numbered it (see <see cref="PartnerMetric"/>).</summary>
    public int Metric { get; set; }
    public long Value { get; set; }
    public DateTimeOffset At { get; set; }
    public int CredentialId { get; set; }
}

/// <summary>What the posts of one figure come to: the last one, or their sum where the channel's posts add up.</summary>
public sealed class PostedFigure : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int OccurrenceId { get; set; }
    public long TemplateNumber { get; set; }
    /// <summary>See <see cref="PartnerMetric"/>; both numbers of a bounce are one.</summary>
    public int Metric { get; set; }
    public long Value { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>The numbers by which partners call figures and what customers did.</summary>
public static class PartnerMetric
{
    public const int Sent = 0, Delivered = 1, Opened = 2, Clicked = 3, Unsubscribed = 4, Dropped = 5, Spam = 6, Bounced = 7;
    // Some post bounces as 9, others as 7.
    private const int AlsoBounced = 9;

    /// <summary>Null for a number without a meaning.</summary>
    public static int? Known(int number) => number == AlsoBounced ? Bounced : number is >= Sent and <= Bounced ? number : null;

    public const string Numbers = "0 sent, 1 delivered, 2 opened, 3 clicked, 4 unsubscribed, 5 dropped, 6 spam report, 7 or 9 bounced";
}
