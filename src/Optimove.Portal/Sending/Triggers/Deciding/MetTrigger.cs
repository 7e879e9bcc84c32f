using Optimove.Portal.Sending.Triggers.Ingestion;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>A customer met a trigger, and what becomes of it is to be decided.</summary>
/// <param name="Parameters">Of the event that met it, as JSON.</param>
public sealed record MetTrigger(LiveTrigger Trigger, string CustomerId, string EventId, string Parameters);

/// <summary>How many decisions there were of each fate.</summary>
public sealed record DecidedCounts(int Sent, int Control, int Excluded)
{
    public static DecidedCounts None { get; } = new(0, 0, 0);
}

/// <summary>What was decided about one met trigger.</summary>
/// <param name="Reason">Why the customer was left out; null otherwise.</param>
/// <param name="Body">The notice to the partner; null unless it is sent.</param>
internal sealed record TriggerDecision(MetTrigger Met, string Fate, string? Reason, string? Body);
