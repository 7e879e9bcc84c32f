using Optimove.Portal.Tenancy;
using Quartz;

namespace Optimove.Portal.Sending.Nights;

// Several turns may run at once: a night is claimed, and a long import does not keep other clients waiting.
internal sealed class RunNightJob(ForEachTenant tenants) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await tenants.RunAsync("night", async (s, c) =>
        {
            await s.GetRequiredService<RunNight>().RunAsync(c);
            await s.GetRequiredService<TellOfNight>().RunAsync(c);
        }, cancellationToken);
}
