using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts;

/// <summary>A person who signs in: of one client, or of the staff (then without a tenant).</summary>
public sealed class PortalUser : IdentityUser<int>
{
    public required string FullName { get; set; }
    /// <summary>The client that the person belongs to; null for staff.</summary>
    public int? TenantId { get; set; }
    public UserRole Role { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastSignInAt { get; set; }
    /// <summary>Since when the person may no longer sign in; null while active.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

public enum UserRole { Marketer, MarketerReadOnly, ClientAdmin, CustomerSuccess, StaffAdmin }

public static class UserRoleExtensions
{
    extension(UserRole role)
    {
        /// <summary>The role as people read it.</summary>
        public string InWords() => role switch
        {
            UserRole.Marketer => "Marketer",
            UserRole.MarketerReadOnly => "Marketer, read only",
            UserRole.ClientAdmin => "Client admin",
            UserRole.CustomerSuccess => "Customer success",
            UserRole.StaffAdmin => "Staff admin",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };
    }
}
