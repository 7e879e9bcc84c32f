using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Completes a cancellation at the provider; until that has worked the occurrence says what is left to do there.</summary>
public sealed class CancelAtProvider(OpenConnection open, LedgerFor ledgers, Answers answers, Audit audit, TimeProvider clock)
{
    public async Task<bool> RunAsync(PortalDb db, Occurrence o, Lease lease, CancellationToken cancellation)
    {
        try
        {
            var result = o.PushStartedAt is null ? new(CancelState.NothingToCancel, "Nothing had been handed over.") : await AskAsync(o, lease, cancellation);
            o.Sentence = $"Cancelled by {o.CancelledBy}. {result.Sentence}";
            (o.State, o.RetryAt, o.CancelledAt) = result.State == CancelState.TooLate
                ? (OccurrenceState.Measuring, null, null)
                : (OccurrenceState.Cancelled, (DateTimeOffset?)null, o.CancelledAt);
            audit.Record(db, result.State == CancelState.TooLate ? "campaign.cancel-too-late" : "campaign.cancelled-at-provider", $"Campaign \"{o.Campaign.Name}\"", after: new { result.Sentence });
        }
        catch (ProviderException e)
        {
            o.Sentence = $"Cancelled by {o.CancelledBy}, but not yet at the provider: {e.Message} It is tried again every minute.";
            o.RetryAt = clock.GetUtcNow().AddMinutes(1);
        }
        await db.SaveChangesAsync(cancellation);
        return false;
    }

    private async Task<CancelResult> AskAsync(Occurrence o, Lease lease, CancellationToken cancellation)
    {
        await answers.ForsakeAsync(o.Id, cancellation);
        var (provider, access) = await open.RunAsync(o.ConnectionId, cancellation);
        return await provider.CancelAsync(access, SendOrders.Of(o), ledgers.For(lease), cancellation);
    }
}
