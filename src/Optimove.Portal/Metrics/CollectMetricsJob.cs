using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Metrics;

[DisallowConcurrentExecution]
internal sealed class CollectMetricsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("metrics", (s, c) => s.GetRequiredService<CollectMetrics>().RunAsync(c), cancellationToken);
}
