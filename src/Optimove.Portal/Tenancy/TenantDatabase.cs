using System.Data.Common;
using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tenancy;

/// <summary>
/// Connections for hand-written SQL inside the entered tenant: the tenant's database role is taken on opening, so that even wrong SQL
/// reaches no other tenant; unqualified names mean the tenant's own schema first, the shared tables second.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource source, PreparedDatabase prepared, TenantContext tenant)
{
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation = default) => OpenAsync(source, cancellation);

    /// <summary>A connection of <see cref="PreparedDatabase"/>.</summary>
    public Task<NpgsqlConnection> OpenPreparedAsync(CancellationToken cancellation = default) => OpenAsync(prepared.Source, cancellation);

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource from, CancellationToken cancellation)
    {
        var connection = await from.OpenConnectionAsync(cancellation);
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
    public static async Task TakeRoleAsync(DbConnection connection, TenantScope tenant, CancellationToken cancellation)
    {
        await using var command = Command(connection, tenant);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static DbCommand Command(DbConnection connection, TenantScope tenant) =>
        new NpgsqlCommand("select set_config('app.tenant_id', $1, false), set_config('search_path', $2, false), set_config('role', $3, false)", (NpgsqlConnection)connection)
        {
            Parameters = { new() { Value = tenant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) }, new() { Value = $"{tenant.Schema}, public" }, new() { Value = tenant.DatabaseRole } },
        };
}
