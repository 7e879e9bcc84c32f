using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>Has the provider asked at once about the calls of an incomplete occurrence that have no answer; nothing is sent by it.</summary>
public sealed class AskNow(ChangeOccurrence change)
{
    public Task RunAsync(int occurrenceId, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.asked-now", on =>
        {
            if (on.Occurrence.State != OccurrenceState.Incomplete) throw new RefusedException("It is not waiting for an answer.");
            if (on.Occurrence.RetryAt is null) throw new RefusedException("This provider cannot be asked. Look there whether the people have the message, then say so here.");
            on.Occurrence.RetryAt = on.Now;
            return Task.FromResult<object?>(new { on.Occurrence.Date, on.Occurrence.Unknown });
        }, cancellation);
}
