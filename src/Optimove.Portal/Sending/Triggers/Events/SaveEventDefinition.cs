using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Events;

/// <summary>
/// Makes or changes an event. Its name stays what programs write; a parameter that a campaign asks for can be neither taken away nor given a
/// type that the campaign's condition does not suit. Each no is a <see cref="RefusedException"/>.
/// </summary>
public sealed class SaveEventDefinition(IDbContextFactory<PortalDb> databases, KnownTriggers known, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="id">Null for a new event.</param>
    /// <returns>The event's id.</returns>
    public async Task<int> RunAsync(int? id, EventDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        draft.Check();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var definition = id is null ? null : await db.EventDefinitions.SingleOrDefaultAsync(d => d.Id == id && d.RetiredAt == null, cancellation) ?? throw new RefusedException("That event is not there any more.");
        var before = definition is null ? null : new { definition.Name, definition.Description, definition.Parameters };
        if (definition is null)
        {
            var name = draft.Name.Trim();
            if (await db.EventDefinitions.AnyAsync(d => d.RetiredAt == null && d.Name.ToLower() == name.ToLower(), cancellation)) throw new RefusedException($"There is an event {name} already.");
            definition = db.EventDefinitions.Add(new() { Name = name, Parameters = "[]", CreatedAt = clock.GetUtcNow(), CreatedBy = actor.Name }).Entity;
        }
        else await MustSuitAsync(db, definition, draft.Given, cancellation);
        definition.Description = string.IsNullOrWhiteSpace(draft.Description) ? null : draft.Description.Trim();
        definition.Parameters = EventDefinition.Write(draft.Given);
        audit.Record(db, before is null ? "event.made" : "event.changed", $"Event \"{definition.Name}\"", before, new { definition.Name, definition.Description, definition.Parameters });
        await db.SaveChangesAsync(cancellation);
        known.Forget(tenant.Current.Id);
        return definition.Id;
    }

    private static async Task MustSuitAsync(PortalDb db, EventDefinition definition, IReadOnlyList<EventParameter> parameters, CancellationToken cancellation)
    {
        var catalogue = new Catalogue(parameters.Select(p => p.ToColumn()));
        foreach (var campaign in await EventUses.OfAsync(db, definition.Id, cancellation))
        {
            foreach (var condition in TriggerRule.Read(campaign.Rule).Conditions.Where(c => c.EventId == definition.Id))
            {
                if (RuleChecker.Check(condition.Where, catalogue) is [var problem, ..]) throw new RefusedException($"The campaign {campaign.Name} asks for it: {problem.Sentence} Change the campaign first.");
            }
        }
    }
}
