using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Events;

/// <summary>Takes an event away: reports of it are refused from then on, what was reported stays. Refused while a campaign that has not ended speaks of it.</summary>
public sealed class RetireEventDefinition(IDbContextFactory<PortalDb> databases, KnownTriggers known, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var definition = await db.EventDefinitions.SingleOrDefaultAsync(d => d.Id == id && d.RetiredAt == null, cancellation) ?? throw new RefusedException("That event is not there any more.");
        if (await EventUses.OfAsync(db, id, cancellation) is [var campaign, ..]) throw new RefusedException($"The campaign {campaign.Name} waits for {definition.Name}. End it, or take the event out of it first.");
        definition.RetiredAt = clock.GetUtcNow();
        audit.Record(db, "event.retired", $"Event \"{definition.Name}\"", before: new { definition.Name, definition.Parameters });
        await db.SaveChangesAsync(cancellation);
        known.Forget(tenant.Current.Id);
    }
}
