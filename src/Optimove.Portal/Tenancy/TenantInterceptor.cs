using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Optimove.Portal.Tenancy;

/// <summary>Makes every connection that EF opens inside a tenant take that tenant's database role.</summary>
public sealed class TenantInterceptor(TenantContext tenant) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (tenant.IsEntered) await TenantDatabase.TakeRoleAsync(connection, tenant.Current, cancellationToken);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!tenant.IsEntered) return;
        using var command = TenantDatabase.Command(connection, tenant.Current);
        command.ExecuteNonQuery();
    }
}
