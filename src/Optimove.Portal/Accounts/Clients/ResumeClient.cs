using System.Security.Claims;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Lets a suspended client work again. Occurrences whose time passed meanwhile are missed, not sent late.</summary>
public sealed class ResumeClient(RecordedChange change)
{
    public async Task RunAsync(ClaimsPrincipal person, string slug, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        await change.RunAsync(slug, ActingPerson.Of(person), (_, tenant) =>
        {
            if (tenant.SuspendedAt is null) return Task.FromResult<RecordLine?>(null);
            tenant.SuspendedAt = null;
            return Task.FromResult<RecordLine?>(new("client.resumed", tenant.Name));
        }, cancellation);
    }
}
