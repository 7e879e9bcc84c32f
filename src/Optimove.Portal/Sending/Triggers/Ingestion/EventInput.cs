namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>An event as a program tells it, before it has been checked.</summary>
/// <param name="EventId">The program's own id of the event; one that comes again changes nothing.</param>
/// <param name="TimeStamp">ISO 8601 or yyyy-MM-dd HH:mm:ss, UTC where it has no zone.</param>
/// <param name="Parameters">Values by name: string, decimal, bool or null.</param>
public sealed record EventInput(string EventId, string EventType, string CustomerId, string TimeStamp, IReadOnlyDictionary<string, object?> Parameters);

/// <summary>An event that has been checked against its definition.</summary>
/// <param name="OccurredAt">In UTC.</param>
/// <param name="Json">The parameters; see <see cref="EventJson"/>.</param>
public sealed record ReportedEvent(string EventId, KnownEvent Kind, string CustomerId, DateTime OccurredAt, string Json);
