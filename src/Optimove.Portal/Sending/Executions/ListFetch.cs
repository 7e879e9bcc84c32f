using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Executions;

/// <summary>How far a partner's programs have fetched the list of an occurrence.</summary>
public sealed class ListFetch : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int OccurrenceId { get; set; }
    public DateTimeOffset FirstAt { get; set; }
    public DateTimeOffset LastAt { get; set; }
    /// <summary>End of the farthest page, in people of the list.</summary>
    public int People { get; set; }
}
