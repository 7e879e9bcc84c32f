using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>Decides by events that a process kept and did not come to, and what waited for its time to be over.</summary>
[DisallowConcurrentExecution]
internal sealed class DecideEventsJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("triggers", async (services, cancellation) =>
        {
            await services.GetRequiredService<DecideEvents>().RunAsync(cancellation);
            await services.GetRequiredService<DecideDueWaits>().RunAsync(cancellation);
        }, cancellationToken);
}
