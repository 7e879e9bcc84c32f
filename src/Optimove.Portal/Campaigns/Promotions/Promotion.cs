using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Promotions;

/// <summary>A promotion code of the client, by the name that marketers choose it by.</summary>
public sealed class Promotion : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}
