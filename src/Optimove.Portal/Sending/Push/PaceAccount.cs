using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>From when the next recipients may be handed over to an account of a provider that limits them.</summary>
public sealed class PaceAccount : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    /// <summary>Provider and account, without secrets.</summary>
    public required string Account { get; set; }
    public DateTimeOffset NextAt { get; set; }
}
