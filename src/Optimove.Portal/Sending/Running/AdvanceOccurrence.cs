using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Sending.Push;

namespace Optimove.Portal.Sending.Running;

/// <summary>Carries one claimed occurrence from state to state until it waits for its time, for the provider, or for a person; then gives the claim back.</summary>
public sealed class AdvanceOccurrence(
    IDbContextFactory<PortalDb> databases, PrepareList prepare, PushOccurrence push, AskProviderAgain ask, CancelAtProvider cancel, TimeProvider clock)
{
    public async Task RunAsync(Lease lease, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var occurrence = await db.Occurrences.Include(o => o.Campaign).SingleAsync(o => o.Id == lease.OccurrenceId, cancellation);
        while (await StepAsync(db, occurrence, lease, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
        (occurrence.LeaseOwner, occurrence.LeaseUntil) = (null, null);
        await db.SaveChangesAsync(cancellation);
    }

    // True when there may be more to do at once.
    private async Task<bool> StepAsync(PortalDb db, Occurrence o, Lease lease, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (o.CancelledAt is not null) return await cancel.RunAsync(db, o, lease, cancellation);
        if (o.State is OccurrenceState.HandedOver && now >= o.SendAt)
        {
            (o.State, o.RetryAt) = (OccurrenceState.Measuring, null);
            await db.SaveChangesAsync(cancellation);
            return false;
        }
        if (o.State is OccurrenceState.HandedOver or OccurrenceState.Measuring) return false;
        if (o.State is OccurrenceState.Incomplete) return await ask.RunAsync(db, o, lease, cancellation);
        if (now > o.SendAt + StartWindow.Length && !await push.HasToldTimeAsync(o, cancellation)) return await MissAsync(db, o, cancellation);
        if (o.ListedAt is not null) return await push.RunAsync(db, o, lease, cancellation);
        try
        {
            return await prepare.RunAsync(db, o, cancellation) is not { } reason || await HoldAsync(db, o, reason, cancellation);
        }
        catch (RefusedException e)
        {
            return await HoldAsync(db, o, new(e.Message, now.AddMinutes(1)), cancellation);
        }
    }

    private static async Task<bool> HoldAsync(PortalDb db, Occurrence o, HoldReason reason, CancellationToken cancellation)
    {
        (o.Sentence, o.RetryAt) = (reason.Sentence, reason.AskAgainAt);
        if (!reason.OnlyEarly) o.State = OccurrenceState.Held;
        await db.SaveChangesAsync(cancellation);
        return false;
    }

    private static async Task<bool> MissAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        var waiting = o.Considered > 0 ? $"{o.ToSend:N0} people waited for it. " : "";
        o.Sentence = $"It did not start within two hours of its time, so nothing goes out by itself. {waiting}{(o.State == OccurrenceState.Held ? "It was held: " : "")}{o.Sentence}".Trim();
        o.State = OccurrenceState.Missed;
        await db.SaveChangesAsync(cancellation);
        return false;
    }
}

/// <summary>Why a list is not made now. The check is made again at <paramref name="AskAgainAt"/>, so that mending the cause is all a person has to do.</summary>
/// <param name="OnlyEarly">True while the night's import still runs: nothing is wrong yet.</param>
public sealed record HoldReason(string Sentence, DateTimeOffset AskAgainAt, bool OnlyEarly = false);
