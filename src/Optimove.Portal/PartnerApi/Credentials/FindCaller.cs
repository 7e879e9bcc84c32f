using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Finds whose key or token this is, enters that client in this scope and acts as the credential. A token lives 20 minutes from its last call;
/// that time is written at most once a minute, for all replicas.
/// </summary>
public sealed class FindCaller(CallerLookup callers, IDbContextFactory<PortalDb> databases, TenantContext tenant, Actor actor, TimeProvider clock)
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
        if (await callers.FindAsync(hash).WaitAsync(cancellation) is not { } found)
            return new(null, kind == SecretKind.Token ? ApiAnswer.Plain(403, Expired) : ApiAnswer.Refused(403, "This API key is unknown, revoked or no longer valid."));
        if (found.IsSuspended) return new(null, ApiAnswer.Refused(403, "This client is suspended. Its keys work again when it is resumed."));
        if (kind == SecretKind.Token) await TouchAsync(hash, found, cancellation);
        tenant.Enter(found.Caller.Tenant);
        actor.ActAsCredential(found.Caller.Name, mayAdministrate: found.Caller.Kind == CredentialKind.Client);
        return new(found.Caller, null);
    }

    private async Task TouchAsync(byte[] hash, KnownSecret found, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = now + TokenLife - TouchedEvery;
        if (found.EndsAt >= due) return;
        await using var frontDoor = await databases.CreateDbContextAsync(cancellation);
        await frontDoor.ApiSecrets.Where(s => s.Hash == hash && s.EndsAt < due).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndsAt, now + TokenLife), cancellation);
        callers.Forget(hash);
    }
}
