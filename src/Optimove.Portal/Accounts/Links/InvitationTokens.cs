using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Optimove.Portal.Accounts.Links;

/// <summary>Makes the tokens of invitations: good for seven days, and dead as soon as the person has chosen a password.</summary>
public sealed class InvitationTokens(IDataProtectionProvider protection, IOptions<InvitationTokenOptions> options, ILogger<DataProtectorTokenProvider<PortalUser>> log)
    : DataProtectorTokenProvider<PortalUser>(protection, options, log)
{
    public const string Provider = "invitation";
    public const string Purpose = "accept-invitation";
}

/// <summary>How long an invitation is good for.</summary>
public sealed class InvitationTokenOptions : DataProtectionTokenProviderOptions
{
    public InvitationTokenOptions() => (Name, TokenLifespan) = (InvitationTokens.Provider, TimeSpan.FromDays(7));
}
