using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>Has a held occurrence checked again at once, after its cause was mended.</summary>
public sealed class TryAgain(ChangeOccurrence change)
{
    public Task RunAsync(int occurrenceId, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.tried-again", on =>
        {
            if (on.Occurrence.State != OccurrenceState.Held) throw new RefusedException("It is no longer held.");
            on.Occurrence.RetryAt = null;
            return Task.FromResult<object?>(new { on.Occurrence.Date, on.Occurrence.Sentence });
        }, cancellation);
}
