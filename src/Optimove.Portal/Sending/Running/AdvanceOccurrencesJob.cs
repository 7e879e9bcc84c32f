using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Running;

[DisallowConcurrentExecution]
internal sealed class AdvanceOccurrencesJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("sending", (s, c) => s.GetRequiredService<AdvanceOccurrences>().RunAsync(c), cancellationToken);
}
