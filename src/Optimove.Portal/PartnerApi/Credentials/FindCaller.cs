using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Finds whose key or token this is, enters that client in this scope and acts as the credential. A token lives 20 minutes from its last call;
/// that time is written at most once a minute, for all replicas.
/// </summary>
public sealed class FindCaller(IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, IOptions<PartnerApiOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan TouchedEvery = TimeSpan.FromMinutes(1);
    // One client compares the whole text, and logs in anew only then.
    private const string Expired = "Authorization-Token Expired";

    public async Task<FoundCaller> RunAsync(string key, string token, CancellationToken cancellation = default)
    {
        var (kind, secret) = key.Length > 0 ? (SecretKind.Key, key) : (SecretKind.Token, token);
        if (secret.Length == 0) return new(null, ApiAnswer.Plain(401, "Unauthorized: send an Authorization-Token or an X-API-KEY."));
        var hash = Secrets.Hash(kind, secret);
        var now = clock.GetUtcNow();
        await using var frontDoor = await databases.CreateDbContextAsync(cancellation);
        var found = await (from s in frontDoor.ApiSecrets.AsNoTracking()
                           join t in frontDoor.Tenants on s.TenantId equals t.Id
                           where s.Hash == hash && s.Kind == kind && (s.EndsAt == null || s.EndsAt > now)
                           select new { s.CredentialId, s.EndsAt, Tenant = t }).SingleOrDefaultAsync(cancellation);
        if (found is null) return new(null, kind == SecretKind.Token ? ApiAnswer.Plain(403, Expired) : ApiAnswer.Refused(403, "This API key is unknown, revoked or no longer valid."));
        if (found.Tenant.SuspendedAt is not null) return new(null, ApiAnswer.Refused(403, "This client is suspended. Its keys work again when it is resumed."));
        if (kind == SecretKind.Token && found.EndsAt < now + TokenLife - TouchedEvery)
        {
            await frontDoor.ApiSecrets.Where(s => s.Hash == hash && s.EndsAt < now + TokenLife - TouchedEvery).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndsAt, now + TokenLife), cancellation);
        }
        tenant.Enter(found.Tenant.ToScope());
        return new(await EnterAsync(found.CredentialId, cancellation), null);
    }

    private async Task<ApiCaller> EnterAsync(int credentialId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var credential = await db.ApiCredentials.AsNoTracking().SingleAsync(c => c.Id == credentialId, cancellation);
        actor.ActAsCredential(credential.Name, mayAdministrate: credential.Kind == CredentialKind.Client);
        return new(tenant.Current, credential.Id, credential.Name, credential.Kind, credential.ChannelIds, credential.Fields, credential.CallsPerWindow ?? options.Value.CallsPerWindow);
    }
}
