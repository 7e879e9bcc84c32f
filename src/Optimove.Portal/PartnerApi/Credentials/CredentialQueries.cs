using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Reads the entered client's credentials for client admins and staff with edit rights.</summary>
public sealed class CredentialQueries(IDbContextFactory<PortalDb> databases, Actor actor, IOptions<PartnerApiOptions> options, TimeProvider clock)
{
    /// <summary>Working ones first, then the revoked, each by name.</summary>
    public async Task<CredentialsView> ListAsync(CancellationToken cancellation)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var credentials = await db.ApiCredentials.AsNoTracking().OrderBy(c => c.RevokedAt != null).ThenBy(c => c.Name).ToListAsync(cancellation);
        // Looked up by index for each: there may be millions of calls.
        var used = await db.ApiCredentials.Select(c => new { c.Id, At = db.ApiCalls.Where(a => a.CredentialId == c.Id).Max(a => (DateTimeOffset?)a.At) }).ToDictionaryAsync(c => c.Id, c => c.At, cancellation);
        var channels = await db.PartnerChannels.AsNoTracking().Where(c => c.RemovedAt == null).OrderBy(c => c.ChannelId).ToListAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancellation);
        return new([.. credentials.Select(c => new CredentialLine(c, used.GetValueOrDefault(c.Id)))], channels, attributes, options.Value.CallsPerWindow);
    }
}

/// <summary>A credential and when it was last used, within the time that calls are kept.</summary>
public sealed record CredentialLine(ApiCredential Credential, DateTimeOffset? UsedAt);

/// <summary>The credentials, and what one may be given reach to.</summary>
public sealed record CredentialsView(IReadOnlyList<CredentialLine> Credentials, IReadOnlyList<PartnerChannel> Channels, IReadOnlyList<CustomerAttribute> Attributes, int UsualLimit);
