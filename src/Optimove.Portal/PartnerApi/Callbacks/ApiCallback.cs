using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Callbacks;

/// <summary>What a program is to be told of a call of its own, kept until it has been delivered or a day has passed.</summary>
public sealed class ApiCallback : ITenantOwned
{
    public long Id { get; set; }
    public int TenantId { get; set; }
    public required string Url { get; set; }
    /// <summary>The JSON that is posted.</summary>
    public required string Body { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public int Tries { get; set; }
    /// <summary>Null once it was delivered or given up.</summary>
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
}
