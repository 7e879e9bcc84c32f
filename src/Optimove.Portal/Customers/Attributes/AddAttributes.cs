using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>Adds attributes and their columns, all or none. Values come with the next file.</summary>
public sealed class AddAttributes(IDbContextFactory<PortalDb> databases, IndexCustomers index, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(IReadOnlyList<AttributeDraft> drafts, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CustomerFileImport.LockAsync(connection, cancellation);
        var there = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        AttributeRules.Demand(drafts, [.. there.Select(AttributeDraft.Of)]);
        var added = drafts.Select(d => d.ToAttribute(clock.GetUtcNow())).ToList();
        db.CustomerAttributes.AddRange(added);
        foreach (var attribute in added) audit.Record(db, "attribute.added", $"Attribute \"{attribute.Name}\"", after: AttributeDraft.Of(attribute));
        await db.SaveChangesAsync(cancellation);
        await AttributeColumns.AddAsync(connection, added, cancellation);
        foreach (var attribute in added.Where(a => a.Default is not null)) await AttributeColumns.FillAsync(connection, attribute, cancellation);
        await transaction.CommitAsync(cancellation);
        if (added.Any(a => a.Purpose != AttributePurpose.None)) await index.RunAsync(cancellation);
    }
}
