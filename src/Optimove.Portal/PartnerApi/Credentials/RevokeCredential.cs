using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Ends a credential at once: its key, password and tokens stop with the next call, and its listeners are told nothing more. It stays in the list.</summary>
public sealed class RevokeCredential(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int credentialId, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.ApiCredentials.SingleOrDefaultAsync(c => c.Id == credentialId && c.RevokedAt == null, cancellation) is not { } credential) return;
        (credential.RevokedAt, credential.OldUntil, credential.OldPasswordHash) = (clock.GetUtcNow(), null, null);
        await db.ApiSecrets.Where(s => s.CredentialId == credentialId).ExecuteDeleteAsync(cancellation);
        await db.EventListeners.Where(l => l.CredentialId == credentialId).ExecuteDeleteAsync(cancellation);
        audit.Record(db, "credential.revoked", credential.Name);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await RightsMemory.WaitUntilForgottenAsync();
    }
}
