using Npgsql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data.Wall;

/// <summary>
/// Gives a tenant its database role, its schema and the tables in it. Safe to run again: what exists stays, what a newer version
/// of the product adds is added.
/// </summary>
public sealed class ProvisionTenant(OwnerDatabase owner)
{
    private static readonly string[] TableScripts =
        ["create-customer-tables.sql", "create-recipient-tables.sql", "create-interaction-tables.sql", "create-event-tables.sql", "create-triggered-figure-tables.sql"];

    public async Task RunAsync(int tenantId, CancellationToken cancellation = default)
    {
        await using var connection = await owner.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(tenantId, connection, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The same inside the transaction of an owner's connection, which works in the tenant's role afterwards, until it ends.</summary>
    internal async Task RunAsync(int tenantId, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var (role, schema) = (TenantScope.RoleOf(tenantId), TenantScope.SchemaOf(tenantId));
        await ExecuteAsync(connection, $"""
            do $$
            begin
              begin
                create role {role} nologin;
              exception when duplicate_object or unique_violation then null;
              end;
              if not pg_has_role('{role}', '{TenantWall.TenantRole}', 'member') then grant {TenantWall.TenantRole} to {role}; end if;
              if not pg_has_role('{TenantWall.AppRole}', '{role}', 'member') then grant {role} to {TenantWall.AppRole}; end if;
              if not pg_has_role(current_user, '{role}', 'member') then execute format('grant {role} to %I', current_user); end if;
            exception when unique_violation or internal_error then null; -- another process granted the same at the same moment
            end
            $$;
            create schema if not exists {schema} authorization {role};
            """, cancellation);
        await ExecuteAsync(connection, $"set local role {role}; set local search_path = {schema}", cancellation);
        foreach (var script in TableScripts)
        {
            await ExecuteAsync(connection, SqlFile.Read(script), cancellation);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
