using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Triggers.Live;

[DisallowConcurrentExecution]
internal sealed class TidyEventsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("tidy events", (s, c) => s.GetRequiredService<TidyEvents>().RunAsync(c), cancellationToken);
}
