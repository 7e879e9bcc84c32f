using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Channels.Partners.Events;

// Several turns may run at once: a claim on each listener keeps them apart, and a slow one does not keep the other clients waiting.
internal sealed class DeliverEventsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("events", (s, c) => s.GetRequiredService<DeliverEvents>().RunAsync(c), cancellationToken);
}
