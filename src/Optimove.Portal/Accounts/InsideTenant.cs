using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts;

/// <summary>Does a piece of account work inside a tenant on behalf of a person who is not (yet) in there, in a scope of its own.</summary>
public sealed class InsideTenant(IServiceScopeFactory scopes)
{
    /// <param name="work">Saves what it changes.</param>
    public async Task RunAsync(TenantScope tenant, ActingPerson person, Func<TenantWork, Task> work, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<TenantContext>().Enter(tenant);
        person.Take(services.GetRequiredService<Actor>());
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellation);
        await work(new(db, services.GetRequiredService<Audit>(), services.GetRequiredService<TenantDatabase>()));
    }
}

/// <summary>What account work inside a tenant has at hand.</summary>
public sealed record TenantWork(PortalDb Db, Audit Audit, TenantDatabase Sql);

/// <summary>The person that a line of the audit log names.</summary>
public sealed record ActingPerson(int UserId, string Name, ActorKind Kind)
{
    public static ActingPerson Of(PortalUser user) => new(user.Id, user.FullName, user.TenantId is null ? ActorKind.Staff : ActorKind.Client);

    public static ActingPerson Of(System.Security.Claims.ClaimsPrincipal person) => new(person.UserId, person.FullName, person.IsStaff ? ActorKind.Staff : ActorKind.Client);

    /// <summary>Names the person in a scope, without a right to anything.</summary>
    internal void Take(Actor actor) => actor.ActAsPerson(UserId, Name, Kind, mayEdit: false, mayAdministrate: false);
}
