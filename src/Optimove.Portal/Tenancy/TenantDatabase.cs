using Npgsql;

namespace Optimove.Portal.Tenancy;

/// <summary>
/// Connections for hand-written SQL inside the entered tenant: the tenant's database role is taken on opening, so that even wrong SQL
/// reaches no other tenant; unqualified names mean the tenant's own schema first, the shared tables second.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource source, TenantContext tenant)
{
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await TakeRoleAsync(connection, tenant.Current, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the tenant's role on an open connection; the pool resets it when the connection is returned.</summary>
    public static async Task TakeRoleAsync(System.Data.Common.DbConnection connection, TenantScope tenant, CancellationToken cancellation)
    {
        await using var command = Command(connection, tenant);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static System.Data.Common.DbCommand Command(System.Data.Common.DbConnection connection, TenantScope tenant)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"select set_config('app.tenant_id', '{tenant.Id}', false), set_config('search_path', '{tenant.Schema}, public', false), set_config('role', '{tenant.DatabaseRole}', false)";
        return command;
    }
}
