using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Nights;

[DisallowConcurrentExecution]
internal sealed class RunNightJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("night", (s, c) => s.GetRequiredService<RunNight>().RunAsync(c), cancellationToken);
}
