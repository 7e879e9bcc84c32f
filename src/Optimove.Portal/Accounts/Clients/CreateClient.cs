using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>
/// Makes a client whole or not at all: its row, its secret of the control-group draw, its first person (a client admin), the first line
/// of its audit log, its database role and schema are one transaction. The invitation goes out afterwards, because a mail cannot be taken back.
/// </summary>
public sealed class CreateClient(OwnerDatabase owner, ProvisionTenant provision, SendInvitation invite, TimeProvider clock)
{
    /// <returns>Null, or why the invitation did not go out; the client exists either way and the invitation can be sent again.</returns>
    /// <exception cref="RefusedException">Something about the client is not right, or its slug or the e-mail address is taken.</exception>
    public async Task<string?> RunAsync(ClaimsPrincipal person, NewClient client, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        if (ClientRules.Problems(client).Values.FirstOrDefault() is { } problem) throw new RefusedException(problem);
        var tenant = new Tenant
        {
            Slug = client.Slug, Name = "", TimeZone = "", Currency = "", AssignmentKey = RandomNumberGenerator.GetBytes(32), CreatedAt = clock.GetUtcNow(),
        };
        client.Facts.ApplyTo(tenant);
        var first = await SaveAsync(person, client, tenant, cancellation);
        try
        {
            await invite.RunAsync(first, tenant.Name, cancellation);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    private async Task<PortalUser> SaveAsync(ClaimsPrincipal person, NewClient client, Tenant tenant, CancellationToken cancellation)
    {
        await using var connection = await owner.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (context, actor) = (new TenantContext(), new Actor());
        await using var db = new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(connection).Options, context);
        await db.Database.UseTransactionAsync(transaction, cancellation);
        try
        {
            db.Tenants.Add(tenant);
            await db.SaveChangesAsync(cancellation);
            context.Enter(tenant.ToScope());
            ActingPerson.Of(person).Take(actor);
            var first = NewPerson.Make(client.FirstName, client.FirstEmail, UserRole.ClientAdmin, tenant.Id, clock.GetUtcNow());
            db.Users.Add(first);
            new Audit(actor, clock).Record(db, "client.created", tenant.Name, after: ClientRecord.Of(tenant));
            new Audit(actor, clock).Record(db, "person.invited", first.FullName, after: new { first.Email, first.Role });
            await db.SaveChangesAsync(cancellation);
            await provision.RunAsync(tenant.Id, connection, cancellation);
            await transaction.CommitAsync(cancellation);
            return first;
        }
        catch (DbUpdateException e) when (NewPerson.IsTaken(e))
        {
            throw new RefusedException(NewPerson.Taken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RefusedException($"There is a client at /{tenant.Slug} already. Take another address.");
        }
    }
}

/// <summary>A client's configuration as the audit log keeps it: without its secret.</summary>
internal sealed record ClientRecord(string Name, string TimeZone, string Currency, Kpi Kpi, TimeOnly NightlyAt)
{
    public static ClientRecord Of(Tenant t) => new(t.Name, t.TimeZone, t.Currency, t.Kpi, t.NightlyAt);
}
