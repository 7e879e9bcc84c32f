using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// A program's access to one client: user name and password for a login, and a key that needs none. Of the secrets only hashes are kept.
/// A partner's reaches only the channels and attributes that are named here.
/// </summary>
public sealed class ApiCredential : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public CredentialKind Kind { get; set; }
    public required string Name { get; set; }
    /// <summary>Unique among all clients, without regard to case.</summary>
    public required string UserName { get; set; }
    public required string PasswordHash { get; set; }
    /// <summary>The password before the last rotation, good until <see cref="OldUntil"/>.</summary>
    public string? OldPasswordHash { get; set; }
    /// <summary>The first characters of the key, to tell it from others.</summary>
    public required string KeyPrefix { get; set; }
    /// <summary>Until when key and password from before the last rotation work.</summary>
    public DateTimeOffset? OldUntil { get; set; }
    /// <summary>Signs notices to its listeners; encrypted for the client, because signing needs it in clear.</summary>
    public required string SigningKey { get; set; }
    /// <summary>Numbers of the channels that a partner may use.</summary>
    public required int[] ChannelIds { get; set; }
    /// <summary>Fields of the attributes that a partner may read.</summary>
    public required string[] Fields { get; set; }
    /// <summary>Most calls in 10 seconds; null for what the installation sets.</summary>
    public int? CallsPerWindow { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? RotatedAt { get; set; }
    public DateTimeOffset? LoginTriedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

public enum CredentialKind { Client, Partner }

/// <summary>
/// What the front door looks a secret up by, before it knows whose client it belongs to: the SHA-256 of a key, a token or a user name, and the
/// client. That the door may read it whole is safe: it holds no secret, a hash of 128 random bits or more cannot be turned back, and a hit
/// gives nothing but the number of a client and a credential, which are read inside that client's wall. A client sees its own rows alone.
/// </summary>
public sealed class ApiSecret
{
    /// <summary>32 bytes: SHA-256 of the kind and the secret.</summary>
    public required byte[] Hash { get; set; }
    public SecretKind Kind { get; set; }
    public int TenantId { get; set; }
    public int CredentialId { get; set; }
    /// <summary>From when it no longer works: for a token 20 minutes after its last call, for a rotated key what was chosen.</summary>
    public DateTimeOffset? EndsAt { get; set; }
}

public enum SecretKind { Key, Token, UserName }
