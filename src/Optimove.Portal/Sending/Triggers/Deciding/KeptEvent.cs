using Optimove.Portal.Sending.Triggers.Ingestion;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>An event that was kept, as triggers are decided by it.</summary>
/// <param name="OccurredAt">In UTC.</param>
/// <param name="KeptAt">When it was told and kept.</param>
/// <param name="Facts">Values by field, as conditions read them.</param>
/// <param name="Json">The parameters; see <see cref="EventJson"/>.</param>
public sealed record KeptEvent(string EventId, KnownEvent Kind, string CustomerId, DateTime OccurredAt, DateTimeOffset KeptAt, IReadOnlyDictionary<string, object?> Facts, string Json);
