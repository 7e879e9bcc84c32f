using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>Rings for notices to listeners.</summary>
public sealed class EventBell : TenantBell;

/// <summary>Posts a client's notices when the bell rings.</summary>
internal sealed class EventPump(EventBell bell, ForEachTenant tenants, ILogger<EventPump> log) : TenantPump(bell, tenants, log, "events")
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellation) => services.GetRequiredService<DeliverEvents>().RunAsync(cancellation);
}
