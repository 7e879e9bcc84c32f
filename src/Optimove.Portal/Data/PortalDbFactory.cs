using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data;

/// <summary>Makes contexts for the scope that it belongs to: whatever tenant that scope enters, they are walled into.</summary>
internal sealed class PortalDbFactory(DbContextOptions<PortalDb> options, TenantContext tenant) : IDbContextFactory<PortalDb>
{
    public PortalDb CreateDbContext() => new(options, tenant);
}
