using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the application or a database.</summary>
internal sealed class DesignTimeDbFactory : IDesignTimeDbContextFactory<PortalDb>
{
    public PortalDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PortalDb>().UseNpgsql("Host=design-time").Options, new TenantContext());
}
