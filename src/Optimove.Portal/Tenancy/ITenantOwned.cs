namespace Optimove.Portal.Tenancy;

/// <summary>A row of a shared table that belongs to one tenant: filtered, stamped and walled off by convention.</summary>
public interface ITenantOwned
{
    int TenantId { get; set; }
}
