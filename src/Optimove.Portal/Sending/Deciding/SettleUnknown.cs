using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.Deciding;

/// <summary>
/// Records what a person found out, or decides, about the people of an incomplete occurrence whose calls have no answer and whose provider
/// cannot be asked: counted as sent, or handed over again. The work then goes on.
/// </summary>
public sealed class SettleUnknown(ChangeOccurrence change)
{
    /// <param name="sent">True: they have it. False: they are handed over again, and who has it after all gets it twice.</param>
    public Task RunAsync(int occurrenceId, bool sent, CancellationToken cancellation = default) =>
        change.RunAsync(occurrenceId, sent ? "occurrence.counted-as-sent" : "occurrence.handed-over-again", async on =>
        {
            var o = on.Occurrence;
            if (o.State != OccurrenceState.Incomplete || o.CancelledAt is not null) throw new RefusedException("It is not waiting for an answer.");
            var unknown = await on.Db.SendSteps.Where(s => s.OccurrenceId == o.Id && s.State == StepState.Unknown).ToListAsync(on.Cancellation);
            if (unknown.Count == 0) throw new RefusedException("Every call has its answer by now.");
            if (unknown.Any(s => s.Chunk is null)) throw new RefusedException("A call that makes the campaign at the provider has no answer either. Ask the provider first.");
            foreach (var step in unknown)
                (step.State, step.Sentence, step.AnsweredAt) = (sent ? StepState.Accepted : StepState.Planned, $"{(sent ? "Counted as sent" : "Handed over again")} by {on.Who}.", on.Now);
            (o.State, o.RetryAt, o.Attempts, o.Unknown) = (OccurrenceState.Pushing, null, 0, 0);
            if (sent) o.Accepted += unknown.Sum(s => s.Recipients);
            return new { o.Date, People = unknown.Sum(s => s.Recipients), Calls = unknown.Count };
        }, cancellation);
}
