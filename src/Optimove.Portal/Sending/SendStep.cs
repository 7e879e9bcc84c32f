using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending;

/// <summary>A row of the ledger: one call to a provider for an occurrence. Its intent is committed before the call, its answer after.</summary>
public sealed class SendStep : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public int OccurrenceId { get; set; }
    public required string Name { get; set; }
    /// <summary>The chunk of recipients that it carries, from 1; null for a step without recipients.</summary>
    public int? Chunk { get; set; }
    /// <summary>How many recipients the chunk has.</summary>
    public int Recipients { get; set; }
    public int Rejections { get; set; }
    public StepState State { get; set; }
    /// <summary>The provider's id for what the call made.</summary>
    public string? ProviderId { get; set; }
    public string? Sentence { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
}
