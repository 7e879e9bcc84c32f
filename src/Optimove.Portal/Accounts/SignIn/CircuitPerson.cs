using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>
/// Asks every minute whether the person of an open page may still be there: the account as it was at sign-in, and the way into the
/// client still open. Whoever may not is signed out of the page.
/// </summary>
public sealed class CircuitPerson(ILoggerFactory loggers, IServiceScopeFactory scopes, TenantContext tenant) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await MayStayAsync(scope.ServiceProvider, authenticationState.User, tenant.IsEntered ? tenant.Current.Slug : null, cancellationToken);
    }

    /// <param name="fresh">A scope that has entered no client.</param>
    internal static async Task<bool> MayStayAsync(IServiceProvider fresh, ClaimsPrincipal person, string? slug, CancellationToken cancellation)
    {
        var user = await fresh.GetRequiredService<SignInManager<PortalUser>>().ValidateSecurityStampAsync(person);
        return user is { DisabledAt: null } && (slug is null || await fresh.GetRequiredService<TenantDoor>().RunAsync(slug, person, cancellation));
    }
}
