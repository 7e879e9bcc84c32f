using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>
/// Hands a client's waiting triggered messages over to their providers, lane by lane at the same time. Each message is in one call at a time, in
/// whichever process, and never in another one unless the call surely had no effect or a person decides so.
/// </summary>
public sealed class SendTriggered(HandoverQueue queue, HandoverLanes lanes, CallProvider call, TenantContext tenant)
{
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await queue.ForsakeAsync(cancellation);
        await Task.WhenAll((await queue.LanesAsync(cancellation)).Select(lane => ServeAsync(lane, cancellation)));
    }

    // A message that came between the last look and the leaving is found by looking once more.
    private async Task ServeAsync(HandoverLane lane, CancellationToken cancellation)
    {
        do
        {
            if (!lanes.TryEnter(tenant.Current.Id, lane)) return;
            try
            {
                while (await call.RunAsync(lane, cancellation))
                {
                }
            }
            finally
            {
                lanes.Leave(tenant.Current.Id, lane);
            }
        }
        while (await queue.CountAsync(lane, 1, cancellation) > 0);
    }
}
