using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>Lets a missed or held occurrence go: it does not go out any more. What lies at the provider is taken back there by the running work.</summary>
public sealed class SkipOccurrence(ChangeOccurrence change)
{
    public Task RunAsync(int occurrenceId, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.skipped", on =>
        {
            var o = on.Occurrence;
            if (o.State is not (OccurrenceState.Missed or OccurrenceState.Held) || o.CancelledAt is not null)
                throw new RefusedException("Only what is missed or held can be skipped.");
            (o.CancelledAt, o.CancelledBy, o.RetryAt) = (on.Now, on.Who, null);
            if (o.PushStartedAt is null) (o.State, o.Sentence) = (OccurrenceState.Cancelled, $"Skipped by {on.Who}. Nothing went out.");
            else o.State = OccurrenceState.Held;
            return Task.FromResult<object?>(new { o.Date });
        }, cancellation);
}
