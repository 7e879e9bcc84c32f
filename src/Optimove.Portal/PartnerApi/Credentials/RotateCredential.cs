using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Gives a credential a new password and key; the ones before work on for the chosen time, any older ones stop at once, and tokens that were given
/// out live on until they expire.
/// </summary>
public sealed class RotateCredential(IDbContextFactory<PortalDb> databases, TenantSecrets secrets, Actor actor, Audit audit, TimeProvider clock)
{
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <param name="overlap">How long the old secrets work on; from nothing to 30 days.</param>
    public async Task<IssuedSecrets> RunAsync(int credentialId, TimeSpan overlap, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap) throw new RefusedException("The old key can work on for at most 30 days.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var credential = await db.ApiCredentials.SingleOrDefaultAsync(c => c.Id == credentialId && c.RevokedAt == null, cancellation)
            ?? throw new RefusedException("The credential has been revoked. Issue a new one.");
        var (password, key, now) = (Secrets.NewPassword(), Secrets.NewKey(), clock.GetUtcNow());
        var until = now + overlap;
        await db.ApiSecrets.Where(s => s.CredentialId == credentialId && s.Kind == SecretKind.Key && s.EndsAt != null).ExecuteDeleteAsync(cancellation);
        await db.ApiSecrets.Where(s => s.CredentialId == credentialId && s.Kind == SecretKind.Key).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndsAt, until), cancellation);
        db.ApiSecrets.Add(new() { Hash = Secrets.Hash(SecretKind.Key, key), Kind = SecretKind.Key, TenantId = credential.TenantId, CredentialId = credentialId });
        (credential.OldPasswordHash, credential.OldUntil) = (credential.PasswordHash, until);
        (credential.PasswordHash, credential.KeyPrefix, credential.RotatedAt) = (Secrets.HashPassword(password), key[..Secrets.PrefixLength], now);
        audit.Record(db, "credential.rotated", credential.Name, after: new { OldWorksUntil = until });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await RightsMemory.WaitUntilForgottenAsync();
        return new(credential.Name, credential.UserName, password, key, secrets.Unprotect(credential.SigningKey));
    }
}
