using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>Has the provider asked at once about the calls of an incomplete occurrence that have no answer; nothing is sent by it.</summary>
public sealed class AskNow(ChangeOccurrence change)
{
    public Task RunAsync(int occurrenceId, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.asked-now", on =>
        {
            if (on.Occurrence.State != OccurrenceState.Incomplete) throw new RefusedException("It is not waiting for an answer.");
            on.Occurrence.RetryAt = on.Now;
            return Task.FromResult<object?>(new { on.Occurrence.Date, on.Occurrence.Unknown });
        }, cancellation);
}
