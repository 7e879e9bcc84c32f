using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Audience;

/// <summary>Finds out how a connection, and the template's app or app group, reach the client's customers. Without a connection: by e-mail.</summary>
public sealed class ReadAddressing(IDbContextFactory<PortalDb> databases, ConnectionAccess access, ProviderCatalog providers)
{
    /// <param name="templateId">Its app or app group may limit whom it reaches.</param>
    /// <exception cref="RefusedException">The client's data has no such attribute.</exception>
    public async Task<Addressing> RunAsync(int? connectionId, int? templateId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation);
        if (connection is null) return By(IdentityField.Email(attributes) ?? throw new RefusedException(IdentityField.NoEmail), Channel.Email);
        var provider = providers[connection.Provider];
        var settings = new Lazy<object>(() => access.Open(connection).Access.Settings);
        var identity = IdentityField.Of(provider, settings, attributes) ?? throw new RefusedException(IdentityField.Missing(provider, settings));
        var scope = await db.Templates.Where(t => t.Id == templateId && t.ConnectionId == connectionId).Select(t => t.ScopeId).SingleOrDefaultAsync(cancellation);
        return By(identity, provider.Info.Channel) with
        {
            Apps = scope is null ? null : provider.AppsOf(settings.Value, scope), ScopeNoun = provider.Info.ScopeNoun,
            ChannelName = connection.Name, ChannelKey = provider.PreferenceOf(settings),
            ChunkSize = provider.Info.WholeList ? int.MaxValue : provider.Info.ChunkSize,
        };
    }

    private static Addressing By(IdentityField identity, Channel channel) => new(identity.Column, identity.Field, channel, identity.Words, identity.IsEmail);
}
