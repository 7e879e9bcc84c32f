using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tenancy;

/// <summary>Makes every connection that EF opens inside a tenant take that tenant's database role.</summary>
public sealed class TenantInterceptor : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (TenantOf(eventData) is { IsEntered: true } tenant) await TenantDatabase.TakeRoleAsync(connection, tenant.Current, cancellationToken);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (TenantOf(eventData) is not { IsEntered: true } tenant) return;
        using var command = TenantDatabase.Command(connection, tenant.Current);
        command.ExecuteNonQuery();
    }

    // A connection without its context would be one without a wall.
    private static TenantContext TenantOf(ConnectionEndEventData opened) =>
        (opened.Context as PortalDb ?? throw new InvalidOperationException("A connection was opened outside the portal's own context.")).Tenant;
}
