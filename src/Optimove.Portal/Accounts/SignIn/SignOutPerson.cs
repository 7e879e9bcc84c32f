using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Optimove.Portal.Accounts.Visits;

namespace Optimove.Portal.Accounts.SignIn;

/// <summary>Ends a session; a member of staff thereby leaves every client that they were in.</summary>
public sealed class SignOutPerson(SignInManager<PortalUser> signIn, VisitQueries visits, LeaveClient leave)
{
    public async Task RunAsync(ClaimsPrincipal person, CancellationToken cancellation = default)
    {
        await signIn.SignOutAsync();
        if (!person.IsStaff) return;
        foreach (var visit in await visits.OpenAsync(person.UserId, cancellation)) await leave.RunAsync(person, visit.Slug, cancellation);
    }
}
