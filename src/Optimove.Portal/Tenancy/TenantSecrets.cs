using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Optimove.Portal.Tenancy;

/// <summary>Encrypts a tenant's provider credentials with a purpose of that tenant; nobody can read one tenant's secrets as another.</summary>
public sealed class TenantSecrets(IDataProtectionProvider protection, TenantContext tenant)
{
    private IDataProtector Protector => protection.CreateProtector("Optimove.Portal.ProviderSecrets", $"tenant-{tenant.Current.Id}");

    public string Protect(string plain) => Protector.Protect(plain);

    /// <exception cref="RefusedException">The secret was saved under keys that this installation does not have.</exception>
    public string Unprotect(string secret)
    {
        try
        {
            return Protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            throw new RefusedException("The saved credentials cannot be read with this installation's keys. Save them again under Channels.");
        }
    }
}
