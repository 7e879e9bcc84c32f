using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>Goes on handing over those of an incomplete occurrence who were surely not handed over; the others are left to their answer.</summary>
public sealed class FinishRest(ChangeOccurrence change)
{
    public Task RunAsync(int occurrenceId, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, "occurrence.finished-rest", on =>
        {
            var o = on.Occurrence;
            if (o.State != OccurrenceState.Incomplete || o.CancelledAt is not null) throw new RefusedException("There is nothing left to finish.");
            if (o.StillToGo <= 0) throw new RefusedException("Everybody was handed over; only answers are missing, and those are asked for.");
            (o.State, o.RetryAt, o.Attempts) = (OccurrenceState.Pushing, null, 0);
            return Task.FromResult<object?>(new { o.Date, o.StillToGo });
        }, cancellation);
}
