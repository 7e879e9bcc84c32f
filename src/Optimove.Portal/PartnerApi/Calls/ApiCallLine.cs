using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Calls;

/// <summary>
/// One call of a credential, kept 30 days: what, how it ended, how long and how large; or many alike within half a second, with the longest duration
/// and their sizes together. Neither bodies nor addresses are kept.
/// </summary>
public sealed class ApiCallLine : ITenantOwned
{
    public long Id { get; set; }
    public int TenantId { get; set; }
    public int CredentialId { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Function { get; set; }
    public int Status { get; set; }
    public int DurationMs { get; set; }
    public long RequestBytes { get; set; }
    public long ResponseBytes { get; set; }
    /// <summary>The sentence that the call was refused with; null where it was not.</summary>
    public string? Error { get; set; }
    /// <summary>For how many calls it stands.</summary>
    public int Calls { get; set; } = 1;
}
