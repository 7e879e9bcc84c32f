using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Connections;

/// <summary>
/// Tries a connection with secrets that are not saved yet, so that a working secret is not given up for one that does not work: every item
/// of the checklist that works today has to work with the new ones too. Changes nothing.
/// </summary>
public sealed class TrySecrets(IDbContextFactory<PortalDb> databases, ConnectionAccess access, TryChecklist tryOut, ProviderCatalog catalog)
{
    internal IProvider Provider(string key) => catalog[key];

    /// <returns>What speaks against the new secrets, in a sentence; null when nothing does.</returns>
    public async Task<string?> RunAsync(Connection candidate, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var working = await db.ConnectionChecks.Where(c => c.ConnectionId == candidate.Id && c.State == CheckState.Works).Select(c => c.Item).ToListAsync(cancellation);
        var withSubject = await db.Templates.CountAsync(t => t.ConnectionId == candidate.Id && t.Subject != null && t.Unusable == null && t.GoneAt == null, cancellation);
        var (provider, opened) = access.Open(candidate);
        foreach (var item in provider.Info.Checklist.Where(i => !i.ByPerson && working.Contains(i.Key)))
        {
            var result = await tryOut.RunAsync(provider, opened, item.Key, withSubject, cancellation);
            if (result.State is not CheckState.Works) return $"\"{item.Title}\" works today and would not with the new settings: {result.Sentence}";
        }
        return null;
    }
}
