using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Optimove.Portal.Accounts;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data.Wall;

/// <summary>
/// The wall between tenants in PostgreSQL, written from the model: group role <c>portal_tenant</c> holds the grants on the shared tables
/// and sees through row-level security only rows of <c>app.tenant_id</c>; login role <c>portal_app</c> inherits nothing and reaches a
/// tenant's rows and schema only after taking that tenant's role. Applied by the owner after each migration; running it again changes nothing.
/// </summary>
public static class TenantWall
{
    public const string AppRole = "portal_app";
    public const string TenantRole = "portal_tenant";
    private const string Current = "nullif(current_setting('app.tenant_id', true), '')::int";
    private static readonly HashSet<Type> AppendOnly = [typeof(AuditEntry)];

    /// <summary>The statements that raise the wall for every table of the model.</summary>
    public static string Script(IModel model)
    {
        var sql = new StringBuilder($"grant usage on schema public to {AppRole}, {TenantRole};\n");
        foreach (var entity in model.GetEntityTypes())
        {
            var table = $"public.\"{entity.GetTableName()}\"";
            if (entity.ClrType.IsAssignableTo(typeof(ITenantOwned))) Owned(sql, table, AppendOnly.Contains(entity.ClrType));
            else if (entity.ClrType == typeof(Tenant)) Shared(sql, table, "id", "select");
            else if (entity.ClrType == typeof(PortalUser)) Shared(sql, table, "tenant_id", "select, insert, update");
            else if (entity.ClrType == typeof(Visit)) Shared(sql, table, "tenant_id", "select, insert, update");
            else if (entity.ClrType == typeof(ApiSecret)) Shared(sql, table, "tenant_id", "select, insert, update, delete");
            else sql.Append($"grant select, insert, update, delete on {table} to {AppRole};\n");
        }
        sql.Append($"grant select on public.installations to {TenantRole};\n");
        sql.Append($"grant usage on all sequences in schema public to {AppRole}, {TenantRole};\n");
        return sql.ToString();
    }

    private static void Owned(StringBuilder sql, string table, bool appendOnly)
    {
        sql.Append($"alter table {table} enable row level security;\ndrop policy if exists wall on {table};\n");
        sql.Append($"create policy wall on {table} to {TenantRole} using (tenant_id = {Current}) with check (tenant_id = {Current});\n");
        sql.Append($"grant select, insert{(appendOnly ? "" : ", update, delete")} on {table} to {TenantRole};\n");
    }

    // Tables that the front door reads before a tenant is known: whole for the app's own role, one tenant's rows inside a tenant.
    private static void Shared(StringBuilder sql, string table, string column, string rights)
    {
        sql.Append($"alter table {table} enable row level security;\ndrop policy if exists wall on {table};\ndrop policy if exists front_door on {table};\n");
        sql.Append($"create policy wall on {table} to {TenantRole} using ({column} = {Current}) with check ({column} = {Current});\n");
        sql.Append($"create policy front_door on {table} to {AppRole} using (true) with check (true);\n");
        sql.Append($"grant select, insert, update, delete on {table} to {AppRole};\ngrant {rights} on {table} to {TenantRole};\n");
    }
}
