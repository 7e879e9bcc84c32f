using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>Opens a saved connection for use: decrypts its secrets and gives the provider with the access to it.</summary>
public sealed class OpenConnection(IDbContextFactory<PortalDb> databases, TenantSecrets secrets, ProviderCatalog catalog)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="RefusedException">The connection is gone or its secrets cannot be read.</exception>
    public async Task<(IProvider Provider, ProviderConnection Access)> RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation)
            ?? throw new RefusedException("The connection that this uses has been removed. Choose another under Channels.");
        return (catalog[connection.Provider], Access(connection));
    }

    public ProviderConnection Access(Connection connection)
    {
        var all = JsonNode.Parse(connection.Settings)!.AsObject();
        if (connection.Secrets is not null)
        {
            foreach (var (name, value) in JsonNode.Parse(secrets.Unprotect(connection.Secrets))!.AsObject()) all[name] = value?.DeepClone();
        }
        var settings = all.Deserialize(catalog[connection.Provider].Info.SettingsType, Json)!;
        return new(connection.Id, settings, connection.TwinAddress is { } twin ? new Uri(twin) : null);
    }
}
