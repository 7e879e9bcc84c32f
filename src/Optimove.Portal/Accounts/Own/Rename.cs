using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Optimove.Portal.Accounts.Own;

/// <summary>Changes one's own name, as audit logs and colleagues see it from now on.</summary>
public sealed class Rename(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, RecordOfPerson record)
{
    public async Task RunAsync(ClaimsPrincipal person, string name, CancellationToken cancellation = default)
    {
        var user = (await users.GetUserAsync(person))!;
        if (user.FullName == name.Trim()) return;
        await record.RunAsync(user, "person.renamed", cancellation);
        user.FullName = name.Trim();
        await users.UpdateAsync(user);
        await signIn.RefreshSignInAsync(user);
    }
}
