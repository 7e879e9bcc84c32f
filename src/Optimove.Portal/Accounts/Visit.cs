namespace Optimove.Portal.Accounts;

/// <summary>A member of staff inside a client's portal. Looking needs nothing more; changing things needs edit rights, taken for a while.</summary>
public sealed class Visit
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int UserId { get; set; }
    public DateTimeOffset EnteredAt { get; set; }
    public DateTimeOffset? EditUntil { get; set; }
    public DateTimeOffset? LeftAt { get; set; }
}
