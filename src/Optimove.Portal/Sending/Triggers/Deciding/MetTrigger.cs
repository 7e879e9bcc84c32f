using Optimove.Portal.Sending.Triggers.Counting;
using Optimove.Portal.Sending.Triggers.Ingestion;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>A customer met a trigger, and what becomes of it is to be decided.</summary>
/// <param name="Parameters">Of the event that met it, as JSON.</param>
/// <param name="Progress">How far the customer is with it.</param>
public sealed record MetTrigger(LiveTrigger Trigger, string CustomerId, string EventId, string Parameters, TriggerProgress Progress)
{
    /// <summary>Nobody could decide for so long that a message would do harm: the portal was down, or the client suspended.</summary>
    public bool IsLate { get; init; }
}

/// <summary>How many decisions there were of each fate.</summary>
public sealed record DecidedCounts(int Sent, int Control, int Excluded)
{
    public static DecidedCounts None { get; } = new(0, 0, 0);
}

/// <summary>What was decided about one met trigger.</summary>
/// <param name="Reason">Why the customer was left out; null otherwise.</param>
/// <param name="Body">The notice to the partner; null unless a partner is told.</param>
internal sealed record TriggerDecision(MetTrigger Met, string Fate, string? Reason, string? Body)
{
    /// <summary>What goes to the provider; null unless it goes straight there.</summary>
    public TriggerMessage? Message { get; init; }
}

/// <summary>A message that waits to be handed over to a provider.</summary>
/// <param name="Address">By what the provider knows the customer.</param>
/// <param name="Values">The customer's and the event's values by name, as JSON of texts.</param>
internal sealed record TriggerMessage(string Address, string Values, int ConnectionId, int ActionId)
{
    /// <summary>How long after the decision a message is still worth sending: a real-time message that comes later does harm.</summary>
    public static readonly TimeSpan Worth = TimeSpan.FromHours(1);
}
