using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>Rings for triggered messages that go to providers.</summary>
public sealed class HandoverBell : TenantBell;

/// <summary>Sends a client's triggered messages when the bell rings.</summary>
internal sealed class HandoverPump(HandoverBell bell, ForEachTenant tenants, ILogger<HandoverPump> log) : TenantPump(bell, tenants, log, "triggered messages")
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellation) => services.GetRequiredService<SendTriggered>().RunAsync(cancellation);
}
