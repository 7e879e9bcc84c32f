using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>
/// Makes secrets and their hashes. Nobody chooses one: keys, tokens and passwords are random (256, 128 and 144 bits), so a plain SHA-256 cannot be turned
/// back, and checking a password costs so little that a right one need never wait because of others' wrong ones.
/// </summary>
internal static class Secrets
{
    /// <summary>How many characters of a key are shown to tell it from others.</summary>
    public const int PrefixLength = 12;

    public static string NewKey() => "opk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewSigningKey() => "opn_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    /// <summary>36 characters: some clients take nothing else for a token.</summary>
    public static string NewToken() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public static byte[] Hash(SecretKind kind, string secret) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{(kind == SecretKind.Key ? secret : secret.ToLowerInvariant())}"));

    public static string HashPassword(string password) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    public static bool IsPassword(string? hash, string password) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashPassword(password)));
}

/// <summary>What is shown once when a credential is issued or rotated, and cannot be read again.</summary>
/// <param name="SigningKey">With which notices to its listeners are signed; it stays the same when the others are rotated.</param>
public sealed record IssuedSecrets(string Name, string UserName, string Password, string Key, string SigningKey);
