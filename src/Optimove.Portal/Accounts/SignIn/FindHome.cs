using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>Where a person begins: people of a client at their Mission Control, staff at their portfolio, once two-factor sign-in is set up where they need it.</summary>
public sealed class FindHome(IDbContextFactory<PortalDb> databases, AccountRules rules)
{
    public async Task<string> RunAsync(ClaimsPrincipal person, CancellationToken cancellation = default)
    {
        if (person.Identity?.IsAuthenticated != true) return Urls.SignInPath;
        if (person.TenantId is not { } tenantId) return rules.StaffNeedTwoFactor && !person.HasTwoFactor ? Urls.TwoFactor : Urls.Portfolio;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Tenants.Where(t => t.Id == tenantId).Select(t => t.Slug).SingleOrDefaultAsync(cancellation) is { } slug
            ? Urls.MissionControl(slug)
            : Urls.SignInPath;
    }
}
