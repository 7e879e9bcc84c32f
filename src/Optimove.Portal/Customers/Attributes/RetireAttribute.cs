using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Takes an attribute and its values away. Refused while a target group asks for it or while it is the address that campaigns are sent to.</summary>
public sealed class RetireAttribute(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int attributeId, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CustomerFileImport.LockAsync(connection, cancellation);
        var attribute = await db.CustomerAttributes.SingleOrDefaultAsync(a => a.Id == attributeId, cancellation) ?? throw new RefusedException("That attribute is not there any more.");
        if (attribute.Purpose == AttributePurpose.EmailAddress)
            throw new RefusedException($"Campaigns are sent to {attribute.Name}. Make another attribute the e-mail address first.");
        if (await AttributeUse.GroupsAsync(connection, attribute.Field, cancellation) is { Count: > 0 } groups)
            throw new RefusedException($"{(groups.Count == 1 ? "A target group asks" : $"{groups.Count} target groups ask")} for {attribute.Name}: {string.Join(", ", groups.Take(3))}{(groups.Count > 3 ? " and more" : "")}. Change {(groups.Count == 1 ? "it" : "them")} first.");
        db.CustomerAttributes.Remove(attribute);
        audit.Record(db, "attribute.retired", $"Attribute \"{attribute.Name}\"", before: AttributeDraft.Of(attribute));
        await db.SaveChangesAsync(cancellation);
        await AttributeColumns.DropAsync(connection, attribute, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
