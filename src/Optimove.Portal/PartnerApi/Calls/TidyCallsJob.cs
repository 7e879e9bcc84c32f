using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.PartnerApi.Calls;

[DisallowConcurrentExecution]
internal sealed class TidyCallsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("api calls", (s, c) => s.GetRequiredService<TidyCalls>().RunAsync(c), cancellationToken);
}
