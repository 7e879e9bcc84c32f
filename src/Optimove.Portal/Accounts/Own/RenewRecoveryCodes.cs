using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Own;

/// <summary>Makes ten new recovery codes, shown this once; the earlier ones stop working.</summary>
public sealed class RenewRecoveryCodes(UserManager<PortalUser> users, RecordOfPerson record)
{
    public async Task<IReadOnlyList<string>> RunAsync(ClaimsPrincipal person, CancellationToken cancellation = default)
    {
        var user = (await users.GetUserAsync(person))!;
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, TurnOnTwoFactor.Codes);
        await record.RunAsync(user, "person.recovery-codes-renewed", cancellation);
        return [.. codes!];
    }
}
