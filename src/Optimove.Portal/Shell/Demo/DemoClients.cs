using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Data;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Shell.Demo;

/// <summary>The demo's clients and the people who sign in: two clients, so that the wall between them can be tried, and the staff.</summary>
internal sealed class DemoClients(IDbContextFactory<PortalDb> databases, ProvisionTenant provision, UserManager<PortalUser> users, TimeProvider clock)
{
    public async Task<TenantScope> RunAsync(CancellationToken cancellation)
    {
        var aurelia = await ClientAsync("aurelia", "Aurelia Stores", "Europe/Paris", "EUR", cancellation);
        var nordlicht = await ClientAsync("nordlicht", "Nordlicht Outdoor", "Europe/Berlin", "EUR", cancellation);
        await PersonAsync("marketer", "Sofia Marin", UserRole.Marketer, aurelia.Id);
        await PersonAsync("admin", "Marc Lenoir", UserRole.ClientAdmin, aurelia.Id);
        await PersonAsync("reader", "Rosa Conti", UserRole.MarketerReadOnly, aurelia.Id);
        await PersonAsync("other", "Greta Holm", UserRole.Marketer, nordlicht.Id);
        var csm = await PersonAsync("csm", "Ines Rahm", UserRole.CustomerSuccess, null);
        await PersonAsync("staff", "Paul Weber", UserRole.StaffAdmin, null);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.CsmAssignments.AddRange(new() { TenantId = aurelia.Id, UserId = csm.Id }, new CsmAssignment { TenantId = nordlicht.Id, UserId = csm.Id });
        await db.SaveChangesAsync(cancellation);
        return aurelia.ToScope();
    }

    private async Task<Tenant> ClientAsync(string slug, string name, string zone, string currency, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tenant = new Tenant { Slug = slug, Name = name, TimeZone = zone, Currency = currency, AssignmentKey = SHA256.HashData(Encoding.UTF8.GetBytes($"the demo client {slug}")), CreatedAt = clock.GetUtcNow() };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(cancellation);
        await provision.RunAsync(tenant.Id, cancellation);
        return tenant;
    }

    private async Task<PortalUser> PersonAsync(string account, string name, UserRole role, int? tenantId)
    {
        var email = account + DemoAccounts.Domain;
        var user = new PortalUser { UserName = email, Email = email, EmailConfirmed = true, FullName = name, Role = role, TenantId = tenantId, CreatedAt = clock.GetUtcNow() };
        var made = await users.CreateAsync(user, DemoAccounts.Password);
        return made.Succeeded ? user : throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
    }
}
