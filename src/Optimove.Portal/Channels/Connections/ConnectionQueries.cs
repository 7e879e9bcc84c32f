using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Onboarding;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Connections;

/// <summary>What screens ask about connections. No answer holds a secret.</summary>
public sealed class ConnectionQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database, ProviderCatalog catalog, ConnectionAccess access, AskTexts asks)
{
    /// <summary>Every connection of the tenant, by name.</summary>
    public async Task<IReadOnlyList<ConnectionView>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connections = await db.Connections.AsNoTracking().Where(c => c.RemovedAt == null).OrderBy(c => c.Name).ToListAsync(cancellation);
        var checks = (await db.ConnectionChecks.AsNoTracking().ToListAsync(cancellation)).ToLookup(c => c.ConnectionId);
        var templates = (await CountsAsync(db, null, cancellation)).ToLookup(t => t.ConnectionId);
        return [.. connections.Select(c => View(c, [.. checks[c.Id]], [.. templates[c.Id]]))];
    }

    /// <summary>Null when there is none or it was removed.</summary>
    public async Task<ConnectionView?> FindAsync(int id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.RemovedAt == null, cancellation);
        if (connection is null) return null;
        var checks = await db.ConnectionChecks.AsNoTracking().Where(c => c.ConnectionId == id).ToListAsync(cancellation);
        return View(connection, checks, await CountsAsync(db, id, cancellation));
    }

    /// <summary>The campaigns that need the connection, those that have not gone out first.</summary>
    public async Task<IReadOnlyList<ConnectionUse>> UsesAsync(int id, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ListAsync(SqlFile.Read("list-connection-uses.sql"), r => new ConnectionUse(r.GetString(0), r.GetBoolean(1)), cancellation, id, ExecutionChannel.Of(id));
    }

    private static Task<List<TemplateCount>> CountsAsync(PortalDb db, int? connectionId, CancellationToken cancellation) =>
        db.Templates.Where(t => t.GoneAt == null && (connectionId == null || t.ConnectionId == connectionId))
            .GroupBy(t => new { t.ConnectionId, Usable = t.Unusable == null, Subject = t.Subject != null })
            .Select(g => new TemplateCount(g.Key.ConnectionId, g.Key.Usable, g.Key.Subject, g.Count())).ToListAsync(cancellation);

    private ConnectionView View(Connection connection, List<ConnectionCheck> checks, List<TemplateCount> templates)
    {
        var provider = catalog[connection.Provider].Info;
        var settings = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(connection.Settings)!.ToDictionary(s => s.Key, s => (string?)s.Value.ToString());
        return new()
        {
            Id = connection.Id, Name = connection.Name, Provider = provider, TemplatesAt = connection.TemplatesAt, CheckedAt = connection.CheckedAt,
            CreatedAt = connection.CreatedAt, Settings = settings,
            SavedSecrets = SavedSecrets(connection, provider),
            SecretsSavedAt = connection.SecretsSavedAt, Twin = connection.TwinAddress is { } twin ? new(twin) : null,
            Checklist = asks.Fill(ChecklistState.Of(provider, checks), provider, settings),
            Templates = templates.Sum(t => t.Count),
            UsableTemplates = templates.Where(t => t.Usable && (t.Subject || !provider.TemplatesNeedSubject)).Sum(t => t.Count),
        };
    }

    private IReadOnlyCollection<string> SavedSecrets(Connection connection, ProviderInfo provider)
    {
        try
        {
            return access.Secrets(connection).Keys;
        }
        catch (RefusedException)
        {
            // Saved under keys that this installation does not have: the checklist says so, the form still offers to replace them.
            return [.. SettingField.Of(provider).Where(f => f.Secret).Select(f => f.Name)];
        }
    }

    private sealed record TemplateCount(int ConnectionId, bool Usable, bool Subject, int Count);
}
