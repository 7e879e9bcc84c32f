using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>
/// Takes over the provider's present templates: new ones appear, changed ones are updated, those deleted there or no longer listed are
/// marked as gone. Subject lines kept here stay. What differs from the last time is in the audit log. When the provider does not answer,
/// everything stays as it was.
/// </summary>
public sealed class SyncTemplates(IDbContextFactory<PortalDb> databases, OpenConnection open, Audit audit, Actor actor, TimeProvider clock)
{
    /// <summary>The audit log's name for what a synchronisation found.</summary>
    public const string Recorded = "templates.changed";

    internal static string SubjectOf(string connectionName) => $"Templates of {connectionName}";

    public async Task<TemplateDrift> RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        IReadOnlyList<ProviderTemplate> listed;
        try
        {
            var (provider, access) = await open.RunAsync(connectionId, cancellation);
            if (provider.Info.ServedByPartner) return new();
            listed = await provider.GetTemplatesAsync(access, cancellation);
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            return new() { Failure = e.Message };
        }
        return await TakeOverAsync(connectionId, listed, cancellation);
    }

    private async Task<TemplateDrift> TakeOverAsync(int connectionId, IReadOnlyList<ProviderTemplate> listed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two synchronisations at once would both add what is new.
        await db.Database.ExecuteSqlAsync($"select 1 from connections where id = {connectionId} for update", cancellation);
        var connection = await db.Connections.SingleAsync(c => c.Id == connectionId, cancellation);
        var known = await db.Templates.Where(t => t.ConnectionId == connectionId).ToDictionaryAsync(t => t.ProviderId, cancellation);
        var first = connection.TemplatesAt is null;
        var now = clock.GetUtcNow();
        var drift = new TemplateDrift { Listed = listed.Count(t => !t.Deleted) };
        foreach (var template in listed)
        {
            if (!known.Remove(template.Id, out var row))
            {
                row = db.Templates.Add(new() { ConnectionId = connectionId, ProviderId = template.Id, Name = template.Name, FirstSeenAt = now }).Entity;
                if (!template.Deleted) drift.Added.Add(template.Name);
            }
            else
            {
                Note(drift, row, template);
            }
            (row.Name, row.Html, row.Thumbnail, row.PreviewUrl) = (template.Name, template.Html ?? row.Html, template.Thumbnail, template.PreviewUrl);
            (row.ScopeId, row.ScopeName, row.Platform) = (template.Scope?.Id, template.Scope?.Name, template.Platform);
            (row.Unusable, row.ChangedAt, row.LastSeenAt, row.GoneAt) = (template.Unusable, template.ChangedAt?.ToUniversalTime(), now, template.Deleted ? row.GoneAt ?? now : null);
        }
        foreach (var gone in known.Values.Where(t => t.GoneAt is null))
        {
            gone.GoneAt = now;
            drift.Gone.Add(gone.Name);
        }
        connection.TemplatesAt = now;
        if (drift.Any && !first) audit.Record(db, Recorded, SubjectOf(connection.Name), after: drift);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return drift;
    }

    private static void Note(TemplateDrift drift, Template row, ProviderTemplate now)
    {
        if (now.Deleted)
        {
            if (row.GoneAt is null) drift.Gone.Add(row.Name);
            return;
        }
        if (row.GoneAt is not null) drift.Back.Add(now.Name);
        else if (row.Name != now.Name) drift.Renamed.Add($"{row.Name} is now {now.Name}");
        else if (Moved(row.ChangedAt, now.ChangedAt) || now.Html is not null && row.Html != now.Html) drift.Changed.Add(now.Name);
    }

    // The database keeps microseconds, a provider may tell more.
    private static bool Moved(DateTimeOffset? before, DateTimeOffset? after) => before is null != after is null || (before - after)?.Duration() >= TimeSpan.FromMilliseconds(1);
}
