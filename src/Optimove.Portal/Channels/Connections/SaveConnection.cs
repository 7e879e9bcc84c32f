using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Connections;

/// <summary>
/// Saves a connection whole or not at all: every setting is checked, secrets are encrypted for the tenant, and the audit log shows the
/// settings that are not secret. New secrets are tried before they take the place of saved ones that work.
/// </summary>
public sealed class SaveConnection(IDbContextFactory<PortalDb> databases, ConnectionAccess access, TrySecrets trial, Audit audit, Actor actor, TimeProvider clock)
{
    /// <exception cref="RefusedException">Something has to be put right; nothing was saved.</exception>
    public async Task<SavedConnection> RunAsync(ConnectionDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await FindAsync(db, draft, cancellation);
        var provider = trial.Provider(draft.Provider);
        var before = connection.Id == 0 ? null : Described(connection);
        var old = SavedSecrets(connection, draft);
        if (draft.Problems(provider.Info, old.Keys) is { Count: > 0 } problems) throw new RefusedException(string.Join(' ', problems.Select(p => p.Sentence)));
        await MustBeFreeAsync(db, draft, cancellation);
        var fields = SettingField.Of(provider.Info);
        var replaced = fields.Where(f => f.Secret && draft[f] is not null).ToList();
        var next = new Connection
        {
            Id = connection.Id, Provider = draft.Provider, Name = draft.Name.Trim(), TwinAddress = connection.TwinAddress,
            Settings = JsonSerializer.Serialize(fields.Where(f => !f.Secret && draft[f] is not null).ToDictionary(f => f.Name, f => draft[f])),
            Secrets = replaced.Count == 0 ? connection.Secrets : access.Protect(Merged(old, replaced, draft)),
        };
        if (provider.ProblemOf(access.Open(next).Access.Settings) is { } contradiction) throw new RefusedException(contradiction);
        if (replaced.Count > 0 && connection.Secrets is not null && !draft.Insists && await trial.RunAsync(next, cancellation) is { } objection) return new(connection.Id, objection);
        (connection.Name, connection.Settings, connection.Secrets) = (next.Name, next.Settings, next.Secrets);
        if (replaced.Count > 0) connection.SecretsSavedAt = clock.GetUtcNow();
        audit.Record(db, before is null ? "connection.created" : "connection.changed", $"Connection {connection.Name}", before,
            new { connection.Name, connection.Provider, Settings = JsonDocument.Parse(connection.Settings), SecretsReplaced = replaced.Select(f => f.Label) });
        await SaveAsync(db, draft, cancellation);
        return new(connection.Id, null);
    }

    private async Task<Connection> FindAsync(PortalDb db, ConnectionDraft draft, CancellationToken cancellation)
    {
        if (draft.Id is { } id)
        {
            return await db.Connections.SingleOrDefaultAsync(c => c.Id == id && c.RemovedAt == null && c.Provider == draft.Provider, cancellation)
                ?? throw new RefusedException("This connection has been removed meanwhile. Add it anew under Channels.");
        }
        return db.Connections.Add(new() { Provider = draft.Provider, Name = draft.Name, Settings = "{}", CreatedAt = clock.GetUtcNow(), TwinAddress = draft.Twin?.AbsoluteUri }).Entity;
    }

    // Secrets that this installation cannot read any more are as good as none: all of them have to be given anew.
    private Dictionary<string, string> SavedSecrets(Connection connection, ConnectionDraft draft)
    {
        try
        {
            return access.Secrets(connection);
        }
        catch (RefusedException) when (SettingField.Of(trial.Provider(draft.Provider).Info).Any(f => f.Secret && draft[f] is not null))
        {
            return [];
        }
    }

    private static async Task MustBeFreeAsync(PortalDb db, ConnectionDraft draft, CancellationToken cancellation)
    {
        var name = draft.Name.Trim();
        if (await db.Connections.AnyAsync(c => c.Name == name && c.RemovedAt == null && c.Id != (draft.Id ?? 0), cancellation)) throw Taken(name);
    }

    private static async Task SaveAsync(PortalDb db, ConnectionDraft draft, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Taken(draft.Name.Trim());
        }
    }

    private static RefusedException Taken(string name) => new($"There is already a connection called \"{name}\". Give this one another name.");

    private static Dictionary<string, string> Merged(Dictionary<string, string> old, List<SettingField> replaced, ConnectionDraft draft)
    {
        var all = new Dictionary<string, string>(old);
        foreach (var field in replaced) all[field.Name] = draft[field]!;
        return all;
    }

    private static object Described(Connection connection) => new { connection.Name, connection.Provider, Settings = JsonDocument.Parse(connection.Settings) };
}
