using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data.Wall;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data;

/// <summary>
/// Brings the database to this version: migrations, roles, the wall, each tenant's schema. Several processes may start at once; they take turns.
/// </summary>
public sealed class PrepareDatabase(OwnerDatabase owner, DatabaseOptions options)
{
    private const long Turn = 0x4F50_5452_4D49_4752;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var connection = await owner.Source.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Turn})", cancellation);
        await ExecuteAsync(connection, "select set_config('client_min_messages', 'warning', false)", cancellation);
        await using var db = new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(owner.Source).Options, new TenantContext());
        await RefuseForeignAsync(db, cancellation);
        await db.Database.MigrateAsync(cancellation);
        await using (var password = new NpgsqlCommand("select set_config('app.new_password', $1, false)", connection) { Parameters = { new() { Value = options.AppPassword } } })
        {
            await password.ExecuteNonQueryAsync(cancellation);
        }
        await ExecuteAsync(connection, SqlFile.Read("create-roles.sql"), cancellation);
        await ExecuteAsync(connection, TenantWall.Script(db.Model), cancellation);
        await AdoptAsync(connection, cancellation);
        foreach (var tenantId in await db.Tenants.Select(t => t.Id).ToListAsync(cancellation))
        {
            await new ProvisionTenant(owner).RunAsync(tenantId, cancellation);
        }
        // The pool forgets a session's locks only when it gives the connection out again; until then the next process would wait.
        await ExecuteAsync(connection, $"select pg_advisory_unlock({Turn})", cancellation);
    }

    /// <summary>Tables that another line of versions made are left alone. A newer version's, which has all that this one needs, are no reason to stop.</summary>
    /// <exception cref="RefusedException">This version can neither use the tables nor bring them up to date.</exception>
    private static async Task RefuseForeignAsync(PortalDb db, CancellationToken cancellation)
    {
        var (known, applied) = (db.Database.GetMigrations().ToHashSet(), await db.Database.GetAppliedMigrationsAsync(cancellation));
        if (applied.FirstOrDefault(m => !known.Contains(m)) is not { } foreign || known.IsSubsetOf(applied)) return;
        throw new RefusedException($"The tables of this database were made by another version of the portal (migration {foreign}), and this version cannot take them over. Start that version, or give this one a new database (a new folder in Database__Folder where it keeps its own).");
    }

    // A fresh database belongs to the environment that made it.
    private async Task AdoptAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into installations (id, environment, clock_ahead) values (1, $1, interval '0') on conflict (id) do nothing
            """, connection) { Parameters = { new() { Value = options.Environment } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
