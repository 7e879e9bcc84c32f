using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>
/// A part of the customers that the client defines by a target group's rule and programs know by a number. Within a kind a customer is in the
/// first, by order, whose rule holds. A number is given once: one that was removed keeps its row.
/// </summary>
public sealed class Segment : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public SegmentKind Kind { get; set; }
    /// <summary>How programs call it, from 1 within its kind.</summary>
    public int Number { get; set; }
    public required string Name { get; set; }
    public int TargetGroupId { get; set; }
    /// <summary>The order in which rules are tried, the lowest first.</summary>
    public int Position { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }
}

public enum SegmentKind { Value, Lifecycle }
