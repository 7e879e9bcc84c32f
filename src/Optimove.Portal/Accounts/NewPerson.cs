using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Optimove.Portal.Accounts;

/// <summary>Makes accounts that wait for their invitation to be accepted.</summary>
internal static class NewPerson
{
    public static PortalUser Make(string name, string email, UserRole role, int? tenantId, DateTimeOffset now)
    {
        var address = email.Trim();
        return new()
        {
            FullName = name.Trim(), Role = role, TenantId = tenantId, CreatedAt = now, LockoutEnabled = true,
            UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, NormalizedEmail = address.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString(),
        };
    }

    /// <summary>Whether saving failed because the address has an account already, perhaps one that this person may not see.</summary>
    public static bool IsTaken(DbUpdateException e) => e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "user_name_index" };

    public const string Taken = "This e-mail address has an account at the portal already and cannot be invited again.";
}
