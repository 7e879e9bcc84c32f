using Optimove.Portal.Campaigns;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Sending.Recipients;

namespace Optimove.Portal.Sending.Occurrences;

/// <summary>One occurrence as its page shows it; the figures of a running hand-over are those of the ledger at this moment.</summary>
/// <param name="Fates">Counted from the rows; empty before there is a list.</param>
public sealed record OccurrenceView(Occurrence Occurrence, string Connection, ProviderInfo Provider, string? Template, IReadOnlyList<FateCount> Fates, int? GroupSize)
{
    /// <summary>How far the partner who serves the channel has fetched the list; null where it has not, or a provider sends.</summary>
    public ListFetch? Fetched { get; init; }

    public bool HasList => Occurrence.ListedAt is not null;

    public IEnumerable<FateCount> Exclusions => Fates.Where(f => f.Fate == RecipientFate.Excluded);
    public IEnumerable<FateCount> Rejections => Fates.Where(f => f.Fate == RecipientFate.Rejected);

    /// <summary>How many recipients a filter by fate and reason has.</summary>
    public long Count(RecipientFilter filter) => filter switch
    {
        { Fate: null, Reason: null } => Occurrence.Considered,
        { Reason: { } reason } => Fates.Where(f => f.Reason == reason && (filter.Fate is null || f.Fate == filter.Fate)).Sum(f => f.Count),
        { Fate: RecipientFate.Excluded } => Occurrence.Excluded,
        { Fate: RecipientFate.Control } => Occurrence.Control,
        { Fate: RecipientFate.Accepted } => Occurrence.Accepted,
        { Fate: RecipientFate.Rejected } => Occurrence.Rejected,
        { Fate: RecipientFate.Unknown } => Occurrence.Unknown,
        _ => Occurrence.StillToGo,
    };
}

/// <summary>What proves that nobody was written to twice and nobody was forgotten.</summary>
/// <param name="Duplicates">Rows to hand over that share a mailbox with another such row.</param>
public sealed record Certificate(IReadOnlyList<SendStep> Steps, long ToSend, long Duplicates)
{
    public IEnumerable<SendStep> Chunks => Steps.Where(s => s.Chunk is not null);
    /// <summary>Recipients for whom an intent was written before a call.</summary>
    public long Intended => Chunks.Sum(s => (long)s.Recipients);
    public long Accepted => Chunks.Where(s => s.State == Providers.StepState.Accepted).Sum(s => (long)s.Recipients - s.Rejections);
    public long Rejected => Chunks.Where(s => s.State == Providers.StepState.Accepted).Sum(s => (long)s.Rejections);
    public long Unknown => Chunks.Where(s => s.State is Providers.StepState.Unknown or Providers.StepState.InFlight).Sum(s => (long)s.Recipients);
    /// <summary>Recipients who are in no call yet, or whose call was refused as a whole.</summary>
    public long Missing => ToSend - Accepted - Rejected - Unknown;
}
