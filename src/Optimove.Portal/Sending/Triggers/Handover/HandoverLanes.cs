using System.Collections.Concurrent;

namespace Optimove.Portal.Sending.Triggers.Handover;

/// <summary>The messages of one template of one connection; a call carries messages of one lane.</summary>
public readonly record struct HandoverLane(int ConnectionId, int TemplateId);

/// <summary>How many work on each lane in this process: a few, so that one call without an answer does not hold the others up, and no more however often the bell rings.</summary>
public sealed class HandoverLanes
{
    private const int Most = 4;
    private readonly ConcurrentDictionary<(int Tenant, HandoverLane Lane), int> _working = new();

    /// <returns>False where enough work on it already. Who enters leaves again.</returns>
    public bool TryEnter(int tenantId, HandoverLane lane)
    {
        if (_working.AddOrUpdate((tenantId, lane), 1, (_, n) => n + 1) <= Most) return true;
        Leave(tenantId, lane);
        return false;
    }

    public void Leave(int tenantId, HandoverLane lane) => _working.AddOrUpdate((tenantId, lane), 0, (_, n) => n - 1);
}
