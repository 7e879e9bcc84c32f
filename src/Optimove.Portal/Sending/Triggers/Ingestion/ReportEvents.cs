using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Takes events, all of them or none. When it returns they are on disk, and triggers are being decided by them: see <see cref="Deciding.DecideEvents"/>.
/// An event whose id is known already changes nothing.
/// </summary>
public sealed class ReportEvents(KnownTriggers known, EventLine line, TenantContext tenant, TimeProvider clock)
{
    /// <summary>Most events of one call.</summary>
    public const int Most = 1000;

    /// <param name="checkOnly">Whether they are checked and nothing else: none is kept, and no trigger is decided by them.</param>
    /// <returns>False where so much waits that nothing more is taken for the moment.</returns>
    /// <exception cref="RefusedException">An event is not sound; the sentence says which and why.</exception>
    public async Task<bool> RunAsync(IReadOnlyList<EventInput> events, bool checkOnly)
    {
        var world = await known.GetAsync(tenant.Current);
        var now = clock.GetUtcNow();
        var checkedEvents = events.Select((e, i) => EventCheck.Check(e, world, now, events.Count == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $" in item {i + 1}"))).ToList();
        return checkOnly || checkedEvents.Count == 0 || await line.Add(tenant.Current, new(checkedEvents));
    }
}
