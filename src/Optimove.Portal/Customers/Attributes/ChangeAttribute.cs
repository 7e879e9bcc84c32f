using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Changes what an attribute is called and used for; its field and type stay what they were made as.</summary>
public sealed class ChangeAttribute(IDbContextFactory<PortalDb> databases, IndexCustomers index, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int attributeId, AttributeDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attribute = await db.CustomerAttributes.SingleOrDefaultAsync(a => a.Id == attributeId, cancellation) ?? throw new RefusedException("That attribute is not there any more.");
        var others = await db.CustomerAttributes.AsNoTracking().Where(a => a.Id != attributeId).ToListAsync(cancellation);
        var before = AttributeDraft.Of(attribute);
        var wanted = before with { Name = draft.Name, Description = draft.Description, Personalisation = draft.Personalisation, Purpose = draft.Purpose };
        AttributeRules.Demand([wanted], [.. others.Select(AttributeDraft.Of)]);
        (attribute.Name, attribute.Description) = (wanted.Name.Trim(), AttributeDraft.Blank(wanted.Description));
        (attribute.Personalisation, attribute.Purpose) = (wanted.Personalisation, wanted.Purpose);
        audit.Record(db, "attribute.changed", $"Attribute \"{attribute.Name}\"", before, AttributeDraft.Of(attribute));
        await db.SaveChangesAsync(cancellation);
        if (before.Purpose != attribute.Purpose) await index.RunAsync(cancellation);
    }
}
