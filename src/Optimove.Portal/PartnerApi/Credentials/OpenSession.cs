using System.Net;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Gives a token for a user name and password, good on every replica. Wrong names and wrong passwords are the same 401, and a 429 from an address that was
/// wrong too often; more than one right login a second for a name is a 429, also when they reach different replicas. What strangers try never delays a right login.
/// </summary>
public sealed class OpenSession(IDbContextFactory<PortalDb> databases, TenantContext tenant, FailedLogins failed, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLogins = TimeSpan.FromSeconds(1);

    public async Task<ApiAnswer> RunAsync(string userName, string password, IPAddress? address, CancellationToken cancellation = default)
    {
        var hash = Secrets.Hash(SecretKind.UserName, userName.Trim());
        await using var frontDoor = await databases.CreateDbContextAsync(cancellation);
        var found = await (from s in frontDoor.ApiSecrets.AsNoTracking()
                           join t in frontDoor.Tenants on s.TenantId equals t.Id
                           where s.Hash == hash && s.Kind == SecretKind.UserName
                           select new { s.CredentialId, Tenant = t }).SingleOrDefaultAsync(cancellation);
        if (found is null) return Wrong(address);
        tenant.Enter(found.Tenant.ToScope());
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var credential = await db.ApiCredentials.AsNoTracking().SingleAsync(c => c.Id == found.CredentialId, cancellation);
        var oldStillWorks = credential.OldUntil > now;
        if (!Secrets.IsPassword(credential.PasswordHash, password) && !(oldStillWorks && Secrets.IsPassword(credential.OldPasswordHash, password))) return Wrong(address);
        if (await db.ApiCredentials.Where(c => c.Id == credential.Id && (c.LoginTriedAt == null || c.LoginTriedAt <= now - BetweenLogins))
            .ExecuteUpdateAsync(u => u.SetProperty(c => c.LoginTriedAt, now), cancellation) == 0)
        {
            return ApiAnswer.Refused(429, "limit of 1 login in 1 second reached; a token lives 20 minutes from its last call", retryAfter: 1);
        }
        if (found.Tenant.SuspendedAt is not null) return ApiAnswer.Refused(403, "This client is suspended. Its keys work again when it is resumed.");
        var token = Secrets.NewToken();
        db.ApiSecrets.Add(new() { Hash = Secrets.Hash(SecretKind.Token, token), Kind = SecretKind.Token, TenantId = tenant.Current.Id, CredentialId = credential.Id, EndsAt = now + FindCaller.TokenLife });
        await db.SaveChangesAsync(cancellation);
        return ApiAnswer.Json(token);
    }

    private ApiAnswer Wrong(IPAddress? address) => failed.Add(address) is { } seconds
        ? ApiAnswer.Refused(429, $"limit of {FailedLogins.Most} wrong logins in a minute from one address reached", seconds)
        : ApiAnswer.Plain(401, "Unauthorized: user name or password is wrong.");
}
