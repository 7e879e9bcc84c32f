using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>
/// Hands an occurrence's list over to its provider, from wherever the ledger says it stands. Ends handed over, waiting for another try,
/// incomplete (some calls without an answer), or held (a person must act).
/// </summary>
public sealed class PushOccurrence(OpenConnection open, RecipientStream recipients, Pacing pacing, Answers answers, LedgerFor ledgers, TimeProvider clock)
{
    /// <returns>Whether there may be more to do at once.</returns>
    public async Task<bool> RunAsync(PortalDb db, Occurrence o, Lease lease, CancellationToken cancellation)
    {
        if (await TooEarlyAsync(db, o, cancellation)) return false;
        (o.State, o.PushStartedAt, o.RetryAt) = (OccurrenceState.Pushing, o.PushStartedAt ?? clock.GetUtcNow(), null);
        await db.SaveChangesAsync(cancellation);
        await answers.ForsakeAsync(o.Id, cancellation);
        ProviderException? fault = null;
        ProviderInfo? provider = null;
        try
        {
            if (o.ToSend > 0)
            {
                var opened = await open.RunAsync(o.ConnectionId, cancellation);
                provider = opened.Provider.Info;
                await HandOverAsync(db, o, opened, ledgers.For(lease), cancellation);
            }
        }
        catch (ProviderException e)
        {
            fault = e;
        }
        catch (RefusedException e)
        {
            fault = new(ProviderFault.Misconfigured, e.Message);
        }
        var unknown = await answers.ReadIntoAsync(o, cancellation);
        Conclude(o, provider, fault, unknown);
        await db.SaveChangesAsync(cancellation);
        return false;
    }

    /// <summary>Whether the provider was told a time, so that people may have the message.</summary>
    internal async Task<bool> HasToldTimeAsync(Occurrence o, CancellationToken cancellation)
    {
        if (o.PushStartedAt is null) return false;
        var (provider, _) = await open.RunAsync(o.ConnectionId, cancellation);
        return HasToldTime(provider.Info, await ledgers.Reading(o.Id).ReadAsync(cancellation));
    }

    private static bool HasToldTime(ProviderInfo provider, IReadOnlyList<LedgerStep> steps) =>
        steps.Any(s => s.Name.StartsWith(provider.TellsTimeBy, StringComparison.Ordinal) && s.State is StepState.Accepted or StepState.Unknown);

    // What a provider cannot give back is kept until shortly before the time.
    private async Task<bool> TooEarlyAsync(PortalDb db, Occurrence o, CancellationToken cancellation)
    {
        if (o.PushStartedAt is not null || o.ToSend == 0) return false;
        ProviderInfo provider;
        try
        {
            provider = (await open.RunAsync(o.ConnectionId, cancellation)).Provider.Info;
        }
        catch (RefusedException)
        {
            return false; // the hand-over itself says what is wrong
        }
        if (provider.HandOverLead is not { } lead || clock.GetUtcNow() >= o.SendAt - lead) return false;
        (o.RetryAt, o.Sentence) = (o.SendAt - lead, $"Waits until {lead.TotalMinutes:0} minutes before its time, because {provider.Name} cannot take back what it has.");
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task HandOverAsync(PortalDb db, Occurrence o, (IProvider Provider, ProviderConnection Access) at, OccurrenceLedger ledger, CancellationToken cancellation)
    {
        var (provider, access) = at;
        if ((await ledger.ReadAsync(cancellation)).Any(s => s.State == StepState.Unknown)) await provider.ReconcileAsync(access, SendOrders.Of(o), ledger, cancellation);
        var steps = await ledger.ReadAsync(cancellation);
        // The time may move to the next one that the provider offers, until the provider has been told it.
        var now = clock.GetUtcNow();
        if (o.SendAt < now + StartWindow.Notice && !HasToldTime(provider.Info, steps))
        {
            o.SendAt = StartWindow.Next(o.SendAt, now, provider.Info.SendGridMinutes);
            await db.SaveChangesAsync(cancellation);
        }
        int[] settled = [.. steps.Where(s => s is { Chunk: not null, State: StepState.Accepted }).Select(s => s.Chunk!.Value)];
        var chunks = recipients.ReadAsync(o, provider.Info, settled, provider.AttributesOf(access.Settings), cancellation);
        if (provider.Info.Pace is { } pace) chunks = pacing.PassAsync(chunks, Pacing.AccountOf(provider, access.Settings), (pace, provider.Info.ChunkSize), o, cancellation);
        if (provider.Info.WholeList) ledger.CarryAll(o.ToSend);
        else chunks = chunks.Select(chunk =>
        {
            ledger.Carry(chunk);
            return chunk;
        });
        await provider.SendAsync(access, SendOrders.Of(o), chunks, ledger, cancellation);
    }

    private void Conclude(Occurrence o, ProviderInfo? provider, ProviderException? fault, int unknown)
    {
        var now = clock.GetUtcNow();
        if (fault is null && unknown == 0 && o.StillToGo == 0)
        {
            (o.State, o.HandedOverAt, o.Sentence, o.Attempts, o.RetryAt) = (OccurrenceState.HandedOver, now, null, 0, null);
            return;
        }
        o.Attempts++;
        (o.State, o.Sentence, o.RetryAt) = fault switch
        {
            { MayRepeat: true } => (OccurrenceState.Pushing, fault.Message, now + (fault.RetryAfter ?? Backoff(o.Attempts))),
            { Fault: ProviderFault.UnknownOutcome } or null when unknown > 0 && provider is { CanBeAsked: false } => (OccurrenceState.Incomplete,
                $"Some calls have no answer, and {provider.Name} cannot be asked about them. Their people may or may not have it, so nothing is sent again by itself.", default(DateTimeOffset?)),
            // A lost answer can often be found out at once; only what stays unknown is shown as incomplete.
            { Fault: ProviderFault.UnknownOutcome } when o.Attempts <= 3 => (OccurrenceState.Pushing, fault.Message, now + Backoff(o.Attempts)),
            { Fault: ProviderFault.UnknownOutcome } or null => (OccurrenceState.Incomplete,
                "Some calls have no answer. Their people may or may not have it, so nothing is sent again by itself; the provider is asked again.", now + AskProviderAgain.Pause),
            _ => (OccurrenceState.Held, fault.Message, now + TimeSpan.FromMinutes(5)),
        };
    }

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromSeconds(Math.Min(15 * 60, 5 * Math.Pow(2, Math.Min(attempt, 8))));
}
