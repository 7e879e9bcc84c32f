using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>Lets what follows from decisions go out at once: notices to partners and messages to providers. Ring it after the commit.</summary>
public sealed class DecisionBell(EventBell events, HandoverBell handover)
{
    /// <param name="world">What it was decided by.</param>
    public void Ring(TenantScope tenant, TriggerWorld world)
    {
        events.Ring(tenant);
        if (world.Triggers.Any(t => t.Channel?.Connector is not null)) handover.Ring(tenant);
    }
}
