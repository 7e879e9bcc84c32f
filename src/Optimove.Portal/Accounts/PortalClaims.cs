using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Optimove.Portal.Accounts;

/// <summary>What the sign-in cookie says of a person, so that a request needs no query to know who asks.</summary>
public sealed class PortalClaims(UserManager<PortalUser> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<PortalUser>(users, options)
{
    public const string FullName = "portal:name";
    public const string TenantId = "portal:tenant";
    public const string TwoFactor = "portal:two-factor";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(FullName, user.FullName));
        identity.AddClaim(new(ClaimTypes.Role, user.Role.ToString()));
        identity.AddClaim(new(TwoFactor, user.TwoFactorEnabled ? "yes" : "no"));
        if (user.TenantId is { } tenant) identity.AddClaim(new(TenantId, tenant.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return identity;
    }
}

/// <summary>Reads what <see cref="PortalClaims"/> wrote.</summary>
public static class PersonExtensions
{
    extension(ClaimsPrincipal person)
    {
        public int UserId => int.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!, System.Globalization.CultureInfo.InvariantCulture);
        public string FullName => person.FindFirstValue(PortalClaims.FullName) ?? "";
        public UserRole Role => Enum.Parse<UserRole>(person.FindFirstValue(ClaimTypes.Role)!);
        public int? TenantId => person.FindFirstValue(PortalClaims.TenantId) is { } id ? int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : null;
        public bool IsStaff => person.Identity?.IsAuthenticated == true && person.Role is UserRole.CustomerSuccess or UserRole.StaffAdmin;
        /// <summary>Refuses everyone but staff admins.</summary>
        public void MustBeStaffAdmin()
        {
            if (!person.IsStaff || person.Role is not UserRole.StaffAdmin) throw new RefusedException("Only a staff admin can do this.");
        }

        public bool HasTwoFactor => person.FindFirstValue(PortalClaims.TwoFactor) == "yes";
    }
}
