using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Channels.Templates;

/// <summary>What screens ask about templates.</summary>
public sealed class TemplateQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database, ProviderCatalog catalog)
{
    private const string Escape = @"\";

    /// <summary>Every template of a connection, usable or not: by name, those that are gone last.</summary>
    public async Task<IReadOnlyList<TemplateView>> ListAsync(int connectionId, CancellationToken cancellation = default) =>
        (await PageAsync(connectionId, null, 0, int.MaxValue, cancellation)).Items;

    /// <summary>A part of the same list.</summary>
    /// <param name="search">A part of the name or of the subject line.</param>
    public async Task<PageOf<TemplateView>> PageAsync(int connectionId, string? search, int offset, int most, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var provider = await db.Connections.Where(c => c.Id == connectionId).Select(c => c.Provider).SingleOrDefaultAsync(cancellation);
        if (provider is null) return new([], 0);
        var found = db.Templates.AsNoTracking().Where(t => t.ConnectionId == connectionId);
        if (search?.Trim() is { Length: > 0 } part)
        {
            var pattern = $"%{part.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
            found = found.Where(t => EF.Functions.ILike(t.Name, pattern, Escape) || EF.Functions.ILike(t.Subject!, pattern, Escape));
        }
        var total = await found.CountAsync(cancellation);
        // The page of a template may be large and is not listed.
        var rows = await found.OrderBy(t => t.GoneAt != null).ThenBy(t => t.Name).ThenBy(t => t.Id).Skip(offset).Take(most).Select(t => new Template
        {
            Id = t.Id, ProviderId = t.ProviderId, Name = t.Name, Subject = t.Subject, PreviewText = t.PreviewText, Thumbnail = t.Thumbnail,
            ChangedAt = t.ChangedAt, GoneAt = t.GoneAt, Unusable = t.Unusable,
        }).ToListAsync(cancellation);
        var uses = await UsesAsync(connectionId, cancellation);
        var needsSubject = catalog[provider].Info.TemplatesNeedSubject;
        return new([.. rows.Select(t => new TemplateView(t.Id, t.ProviderId, t.Name, t.Subject, t.PreviewText, t.Thumbnail, t.ChangedAt, t.GoneAt,
            TemplateUse.Why(t, needsSubject), uses.GetValueOrDefault(t.Id).Campaigns, uses.GetValueOrDefault(t.Id).Waiting))], total);
    }

    /// <summary>Names of the campaigns that have not gone out and will take the template's subject line.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(int templateId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ListAsync(SqlFile.Read("list-template-uses.sql"), r => r.GetString(0), cancellation, templateId);
    }

    /// <summary>What the latest synchronisations found different, newest first.</summary>
    public async Task<IReadOnlyList<TemplateNews>> NewsAsync(string connectionName, int most = 5, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var subject = SyncTemplates.SubjectOf(connectionName);
        var entries = await db.AuditEntries.AsNoTracking().Where(a => a.Action == SyncTemplates.Recorded && a.Subject == subject)
            .OrderByDescending(a => a.At).Take(most).Select(a => new { a.At, a.Who, a.After }).ToListAsync(cancellation);
        return [.. entries.Select(e => new TemplateNews(e.At, e.Who, JsonSerializer.Deserialize<TemplateDrift>(e.After!)!.InWords()))];
    }

    private async Task<Dictionary<int, (long Campaigns, long Waiting)>> UsesAsync(int connectionId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var uses = await connection.ListAsync(SqlFile.Read("count-template-uses.sql"), r => (Template: r.GetInt32(0), Campaigns: r.GetInt64(1), Waiting: r.GetInt64(2)), cancellation, connectionId);
        return uses.ToDictionary(u => u.Template, u => (u.Campaigns, u.Waiting));
    }
}
