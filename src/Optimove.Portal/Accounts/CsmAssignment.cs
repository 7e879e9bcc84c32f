namespace Optimove.Portal.Accounts;

/// <summary>A customer success manager who looks after a client.</summary>
public sealed class CsmAssignment
{
    public int TenantId { get; set; }
    public int UserId { get; set; }
}
