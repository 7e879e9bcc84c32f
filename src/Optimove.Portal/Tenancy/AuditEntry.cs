namespace Optimove.Portal.Tenancy;

/// <summary>One line of a tenant's audit log: who did what, when; before and after for configuration. Never changed or deleted.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public long Id { get; set; }
    public int TenantId { get; set; }
    public DateTimeOffset At { get; set; }
    public int? UserId { get; set; }
    public required string Who { get; set; }
    public ActorKind Kind { get; set; }
    /// <summary>What was done, as noun.verb: <c>campaign.scheduled</c>.</summary>
    public required string Action { get; set; }
    /// <summary>What it was done to, in words: <c>Campaign "Spring"</c>.</summary>
    public required string Subject { get; set; }
    /// <summary>JSON of the configuration before; null where there was none. Holds no secrets.</summary>
    public string? Before { get; set; }
    public string? After { get; set; }
}
