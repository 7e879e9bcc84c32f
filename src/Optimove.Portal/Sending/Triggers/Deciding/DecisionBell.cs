using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>Lets what follows from decisions go out at once: notices to partners and messages to providers. Ring it after the commit.</summary>
public sealed class DecisionBell(EventBell events, HandoverBell handover)
{
    public void Ring(TenantScope tenant)
    {
        events.Ring(tenant);
        handover.Ring(tenant);
    }
}
