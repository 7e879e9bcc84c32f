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
        if (connection is null) return Email(attributes, Channel.Email);
        var provider = providers[connection.Provider];
        // Settings are opened only where they matter: whoever sends by e-mail address needs none of them.
        var settings = new Lazy<object>(() => access.Open(connection).Access.Settings);
        var scope = await db.Templates.Where(t => t.Id == templateId && t.ConnectionId == connectionId).Select(t => t.ScopeId).SingleOrDefaultAsync(cancellation);
        return For(provider, settings, attributes) with
        {
            Apps = scope is null ? null : provider.AppsOf(settings.Value, scope), ScopeNoun = provider.Info.ScopeNoun,
            ChunkSize = provider.Info.WholeList ? int.MaxValue : provider.Info.ChunkSize,
        };
    }

    private static Addressing For(IProvider provider, Lazy<object> settings, List<CustomerAttribute> attributes)
    {
        var channel = provider.Info.Channel;
        switch (provider.Info.Identity)
        {
            case RecipientIdentity.EmailAddress:
                return Email(attributes, channel);
            case RecipientIdentity.ContactKey:
                var key = attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.ContactKey)
                    ?? throw new RefusedException($"No attribute is marked as the Contact Key, by which {provider.Info.Name} knows customers. Mark one under Settings, Attributes.");
                return new($"\"{key.Field}\"", key.Field, channel, "Contact Key", IsEmail: false);
            case RecipientIdentity.Named when provider.IdentityOf(settings.Value) is var named && named != "customer_id":
                var attribute = attributes.SingleOrDefault(a => a.Field == named)
                    ?? throw new RefusedException($"The connection names the field {named} as the customer's identifier, and the client's data has none. Correct it in the connection's settings, or import the field.");
                return attribute.Purpose == AttributePurpose.EmailAddress ? Email(attributes, channel) : new($"\"{named}\"", named, channel, attribute.Name, IsEmail: false);
            default:
                return new("customer_id", "customer_id", channel, "customer id", IsEmail: false);
        }
    }

    private static Addressing Email(List<CustomerAttribute> attributes, Channel channel)
    {
        var email = attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress)
            ?? throw new RefusedException("No attribute is marked as the e-mail address. Mark one under Settings, Attributes.");
        return new($"\"{email.Field}\"", email.Field, channel, "e-mail address", IsEmail: true);
    }
}
