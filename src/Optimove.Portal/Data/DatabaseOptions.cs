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

    public string AppPassword => Convert.ToBase64String(Derive("database role"));

    /// <summary>A key for one use, derived from the master key (HKDF-SHA-256, RFC 5869).</summary>
    public byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, MasterKey, 32, info: Encoding.UTF8.GetBytes(use));
}
