using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels;

/// <summary>
/// Takes over the provider's present templates: new ones appear, changed ones are updated, those no longer listed are marked as gone.
/// Subject lines kept here stay. When the provider does not answer, everything stays as it was.
/// </summary>
public sealed class SyncTemplates(IDbContextFactory<PortalDb> databases, OpenConnection open, TimeProvider clock)
{
    /// <returns>Why the templates could not be read, in a sentence; null when they were.</returns>
    public async Task<string?> RunAsync(int connectionId, CancellationToken cancellation = default)
    {
        IReadOnlyList<ProviderTemplate> listed;
        try
        {
            var (provider, access) = await open.RunAsync(connectionId, cancellation);
            listed = await provider.GetTemplatesAsync(access, cancellation);
        }
        catch (Exception e) when (e is ProviderException or RefusedException)
        {
            return e.Message;
        }
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var known = await db.Templates.Where(t => t.ConnectionId == connectionId).ToDictionaryAsync(t => t.ProviderId, cancellation);
        foreach (var template in listed)
        {
            if (!known.Remove(template.Id, out var row))
            {
                row = db.Templates.Add(new() { ConnectionId = connectionId, ProviderId = template.Id, Name = template.Name, FirstSeenAt = now }).Entity;
            }
            (row.Name, row.Html, row.Thumbnail, row.PreviewUrl) = (template.Name, template.Html ?? row.Html, template.Thumbnail, template.PreviewUrl);
            (row.Unusable, row.ChangedAt, row.LastSeenAt, row.GoneAt) = (template.Unusable, template.ChangedAt, now, null);
        }
        foreach (var gone in known.Values) gone.GoneAt ??= now;
        (await db.Connections.SingleAsync(c => c.Id == connectionId, cancellation)).TemplatesAt = now;
        await db.SaveChangesAsync(cancellation);
        return null;
    }
}
