using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups;

/// <summary>A named rule that says which customers are meant; membership is decided when it is used.</summary>
public sealed class TargetGroup : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public required string Name { get; set; }
    /// <summary>The rule tree as JSON (Optimove.Portal.Targeting).</summary>
    public required string Rule { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    /// <summary>PostgreSQL's row version: a save over somebody else's change is refused.</summary>
    public uint Version { get; set; }
}

/// <summary>How many customers a group had on one day's data.</summary>
public sealed class TargetGroupSize : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int TargetGroupId { get; set; }
    public DateOnly DataDate { get; set; }
    public int Size { get; set; }
    /// <summary>Customers of the tenant on that day.</summary>
    public int OfTotal { get; set; }
    public int Milliseconds { get; set; }
    public DateTimeOffset CountedAt { get; set; }
}
