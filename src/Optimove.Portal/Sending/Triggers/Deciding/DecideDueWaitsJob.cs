using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Triggers.Deciding;

[DisallowConcurrentExecution]
internal sealed class DecideDueWaitsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("triggers", (s, c) => s.GetRequiredService<DecideDueWaits>().RunAsync(c), cancellationToken);
}
