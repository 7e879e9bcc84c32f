using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Running;

// Several turns may run at once: claims keep them apart, and a long push does not keep other clients waiting.
internal sealed class AdvanceOccurrencesJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("sending", (s, c) => s.GetRequiredService<AdvanceOccurrences>().RunAsync(c), cancellationToken);
}
