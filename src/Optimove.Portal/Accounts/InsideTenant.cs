using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts;

/// <summary>Does a piece of account work inside a tenant on behalf of a person who is not (yet) in there, in a scope of its own.</summary>
public sealed class InsideTenant(IServiceScopeFactory scopes)
{
    /// <param name="work">Gets a context and the audit log of the tenant; saves what it changes.</param>
    public async Task RunAsync(TenantScope tenant, ActingPerson person, Func<PortalDb, Audit, Task> work, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsPerson(person.UserId, person.Name, person.Kind, mayEdit: false, mayAdministrate: false);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        await work(db, scope.ServiceProvider.GetRequiredService<Audit>());
    }
}

/// <summary>The person that a line of the audit log names.</summary>
public sealed record ActingPerson(int UserId, string Name, ActorKind Kind)
{
    public static ActingPerson Of(PortalUser user) => new(user.Id, user.FullName, user.TenantId is null ? ActorKind.Staff : ActorKind.Client);

    public static ActingPerson Of(System.Security.Claims.ClaimsPrincipal person) => new(person.UserId, person.FullName, person.IsStaff ? ActorKind.Staff : ActorKind.Client);
}
