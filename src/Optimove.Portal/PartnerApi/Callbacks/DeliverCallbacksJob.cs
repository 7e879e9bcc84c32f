using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.PartnerApi.Callbacks;

// Several turns may run at once: a slow address of one client does not keep the others waiting.
internal sealed class DeliverCallbacksJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("api callbacks", (s, c) => s.GetRequiredService<DeliverCallbacks>().RunAsync(c), cancellationToken);
}
