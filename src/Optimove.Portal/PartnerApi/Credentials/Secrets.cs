using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Makes secrets and their hashes. Keys and tokens are random enough (256 and 128 bits) for a plain SHA-256; passwords take a slow hash.</summary>
internal static class Secrets
{
    /// <summary>How many characters of a key are shown to tell it from others.</summary>
    public const int PrefixLength = 12;
    private static readonly PasswordHasher<ApiCredential> Passwords = new();
    // Of no password, so that a name that does not exist takes as long as one that does.
    private static readonly string NobodysHash = Passwords.HashPassword(null!, NewPassword());

    public static string NewKey() => "opk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewSigningKey() => "opn_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    /// <summary>36 characters: some clients take nothing else for a token.</summary>
    public static string NewToken() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public static byte[] Hash(SecretKind kind, string secret) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{(kind == SecretKind.Key ? secret : secret.ToLowerInvariant())}"));

    public static string HashPassword(string password) => Passwords.HashPassword(null!, password);

    public static bool IsPassword(string? hash, string password) =>
        Passwords.VerifyHashedPassword(null!, hash ?? NobodysHash, password) != PasswordVerificationResult.Failed && hash is not null;
}

/// <summary>What is shown once when a credential is issued or rotated, and cannot be read again.</summary>
/// <param name="SigningKey">With which notices to its listeners are signed; it stays the same when the others are rotated.</param>
public sealed record IssuedSecrets(string Name, string UserName, string Password, string Key, string SigningKey);
