using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Sending.Push;

/// <summary>Asks the provider about the calls of an incomplete hand-over; once all are settled the hand-over goes on.</summary>
public sealed class AskProviderAgain(OpenConnection open, Answers answers, LedgerFor ledgers, TimeProvider clock)
{
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <returns>Whether there may be more to do at once.</returns>
    public async Task<bool> RunAsync(PortalDb db, Occurrence o, Lease lease, CancellationToken cancellation)
    {
        var again = true;
        try
        {
            var (provider, access) = await open.RunAsync(o.ConnectionId, cancellation);
            again = provider.Info.CanBeAsked;
            await provider.ReconcileAsync(access, SendOrders.Of(o), ledgers.For(lease), cancellation);
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            o.Sentence = e.Message;
        }
        var unknown = await answers.ReadIntoAsync(o, cancellation);
        if (unknown == 0) (o.State, o.RetryAt) = (OccurrenceState.Pushing, null);
        else o.RetryAt = again ? clock.GetUtcNow() + Pause : null;
        await db.SaveChangesAsync(cancellation);
        return unknown == 0;
    }
}
