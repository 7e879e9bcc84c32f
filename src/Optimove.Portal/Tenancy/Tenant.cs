namespace Optimove.Portal.Tenancy;

/// <summary>A client organisation; everything that the client owns hangs on its id.</summary>
public sealed class Tenant
{
    public int Id { get; set; }
    /// <summary>First part of the client's portal addresses: <c>^[a-z0-9][a-z0-9-]{1,39}$</c>, none of the reserved words.</summary>
    public required string Slug { get; set; }
    public required string Name { get; set; }
    /// <summary>IANA id, for example Europe/Paris.</summary>
    public required string TimeZone { get; set; }
    /// <summary>ISO 4217 code, for example EUR.</summary>
    public required string Currency { get; set; }
    /// <summary>What the client measures campaigns by unless a campaign says otherwise.</summary>
    public Kpi Kpi { get; set; } = Kpi.Revenue;
    /// <summary>Wall time in <see cref="TimeZone"/> at which the night's work begins.</summary>
    public TimeOnly NightlyAt { get; set; } = new(2, 0);
    /// <summary>Secret of the control-group draw (32 random bytes); never leaves the server.</summary>
    public required byte[] AssignmentKey { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>Since when nothing runs and nobody of the client may sign in; null while active.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    public TenantScope ToScope() => new(Id, Slug, Name, TimeZone, Currency);
}

/// <summary>A measure of a customer's transactions within a window.</summary>
public enum Kpi
{
    /// <summary>Sum of amounts, in the tenant's currency.</summary>
    Revenue,
    /// <summary>Number of transactions.</summary>
    Purchases,
}
