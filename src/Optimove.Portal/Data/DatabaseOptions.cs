using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Optimove.Portal.Data.Wall;

namespace Optimove.Portal.Data;

/// <summary>Where the database is and which environment may send from it.</summary>
/// <param name="OwnerConnectionString">Connection string of the role that owns the tables and may create roles.</param>
/// <param name="MasterKey">32 bytes that encrypt the key ring and give the app's role its password.</param>
/// <param name="Environment">Name of this installation, stored in the database; another one does not send from it.</param>
public sealed record DatabaseOptions(string OwnerConnectionString, byte[] MasterKey, string Environment)
{
    /// <summary>Connection string of the role that the portal works with: neither owner nor superuser.</summary>
    public string AppConnectionString => new NpgsqlConnectionStringBuilder(OwnerConnectionString)
    {
        Username = TenantWall.AppRole, Password = AppPassword, ApplicationName = "portal", MaxPoolSize = 60,
    }.ConnectionString;

    /// <exception cref="RefusedException">The connection string or the key is missing or wrong; the message says what to set.</exception>
    public static DatabaseOptions From(IConfiguration configuration, string ownerConnectionString)
    {
        var text = configuration["Portal:Key"];
        var key = new byte[32];
        if (string.IsNullOrEmpty(text) || !Convert.TryFromBase64String(text, key, out var length) || length != key.Length)
        {
            throw new RefusedException("Set Portal:Key to 32 random bytes in base64 (for example the output of: openssl rand -base64 32). It encrypts the clients' credentials; keep it safe and the same on every replica.");
        }
        return new(ownerConnectionString, key, configuration["Portal:Environment"] ?? "default");
    }

    public string AppPassword => Convert.ToBase64String(Derive("database role"));

    /// <summary>A key for one use, derived from the master key (HKDF-SHA-256, RFC 5869).</summary>
    public byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, MasterKey, 32, info: Encoding.UTF8.GetBytes(use));
}
