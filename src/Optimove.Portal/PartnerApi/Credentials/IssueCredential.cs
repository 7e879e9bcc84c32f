using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Makes a credential of the entered client and gives its password and key, which nobody can read again. Channels and attributes must be the client's.</summary>
public sealed class IssueCredential(IDbContextFactory<PortalDb> databases, TenantContext tenant, TenantSecrets secrets, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task<IssuedSecrets> RunAsync(CredentialDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        draft.Check();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (channels, fields) = draft.Kind == CredentialKind.Client ? ([], []) : await ReachAsync(db, draft, cancellation);
        var (password, key, signing) = (Secrets.NewPassword(), Secrets.NewKey(), Secrets.NewSigningKey());
        var credential = new ApiCredential
        {
            Kind = draft.Kind, Name = draft.Name.Trim(), UserName = draft.UserName(tenant.Current.Slug), PasswordHash = Secrets.HashPassword(password),
            KeyPrefix = key[..Secrets.PrefixLength], SigningKey = secrets.Protect(signing), ChannelIds = channels, Fields = fields, CallsPerWindow = draft.CallsPerWindow, CreatedBy = actor.Name, CreatedAt = clock.GetUtcNow(),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.ApiCredentials.Add(credential);
        audit.Record(db, "credential.issued", credential.Name, after: new { credential.Kind, credential.UserName, Channels = string.Join(", ", channels), Attributes = string.Join(", ", fields) });
        try
        {
            await db.SaveChangesAsync(cancellation);
            db.ApiSecrets.AddRange(Entry(credential, SecretKind.Key, key), Entry(credential, SecretKind.UserName, credential.UserName));
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RefusedException($"There is a credential called {credential.Name} already. Choose another name.");
        }
        await transaction.CommitAsync(cancellation);
        return new(credential.Name, credential.UserName, password, key, signing);
    }

    private static async Task<(int[] Channels, string[] Fields)> ReachAsync(PortalDb db, CredentialDraft draft, CancellationToken cancellation)
    {
        int[] channels = [.. draft.ChannelIds.Order()];
        string[] fields = [.. draft.Fields.Order(StringComparer.Ordinal)];
        if (await db.PartnerChannels.CountAsync(c => channels.Contains(c.ChannelId) && c.RemovedAt == null, cancellation) != channels.Length) throw new RefusedException("One of the channels is no longer there.");
        if (await db.CustomerAttributes.CountAsync(a => fields.Contains(a.Field), cancellation) != fields.Length) throw new RefusedException("One of the attributes is no longer there.");
        return (channels, fields);
    }

    private static ApiSecret Entry(ApiCredential credential, SecretKind kind, string secret) =>
        new() { Hash = Secrets.Hash(kind, secret), Kind = kind, TenantId = credential.TenantId, CredentialId = credential.Id };
}
