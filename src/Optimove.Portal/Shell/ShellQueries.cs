using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Optimove.Portal.Shell;

/// <summary>Answers what the frame around the pages shows for the person of this circuit.</summary>
public sealed class ShellQueries(AuthenticationStateProvider authentication, NavigationManager navigation)
{
    /// <summary>The person from the sign-in, the tenant from the address.</summary>
    public async Task<ShellState> GetAsync(CancellationToken cancellationToken)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        cancellationToken.ThrowIfCancellationRequested();
        var name = person.Identity?.Name ?? "Guest";
        var slug = navigation.ToBaseRelativePath(navigation.Uri).Split('/', '?', '#')[0];
        var tenant = slug.Length == 0 || ReservedSlugs.Contains(slug) ? null : slug;
        return new ShellState { PersonName = name, Initials = ShellState.InitialsOf(name), TenantSlug = tenant, TenantName = tenant, IsStaff = person.IsInRole("Staff") };
    }
}
