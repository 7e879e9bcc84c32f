using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Audience;

/// <summary>What the client's last daily data holds, as far as a provider's checklist asks for it.</summary>
public sealed class ReadDataFacts(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <param name="settings">The connection's settings; the identity may be named there.</param>
    public async Task<DataFacts> RunAsync(IProvider provider, object settings, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var imported = await db.ImportRuns.Where(r => r.Kind == ImportKind.Customers && r.State == ImportState.Done).MaxAsync(r => r.FinishedAt, cancellation);
        var field = IdentityField.Of(provider, new(settings), attributes);
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"select count(*), {(field is null ? "0" : $"count(nullif(btrim({field.Column}::text), ''))")} from customers", connection);
        long customers, filled;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (customers, filled) = (reader.GetInt64(0), reader.GetInt64(1));
        }
        return new(customers, field?.Field, filled, await AppsAsync(connection, cancellation), attributes.Select(a => a.Field).ToHashSet(StringComparer.Ordinal), imported);
    }

    private static async Task<Dictionary<string, long>> AppsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select app_id, count(*) from customer_apps group by app_id order by 2 desc limit 1000", connection);
        var apps = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) apps[reader.GetString(0)] = reader.GetInt64(1);
        return apps;
    }
}
