using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Triggers.Handover;

// Several turns may run at once: claims keep them apart, and a slow provider does not keep the other clients waiting.
internal sealed class SendTriggeredJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("triggered messages", (s, c) => s.GetRequiredService<SendTriggered>().RunAsync(c), cancellationToken);
}
