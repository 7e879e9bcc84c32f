using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Channels.Partners.Events;

[DisallowConcurrentExecution]
internal sealed class TidyNoticesJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("events", (s, c) => s.GetRequiredService<TidyNotices>().RunAsync(c), cancellationToken);
}
