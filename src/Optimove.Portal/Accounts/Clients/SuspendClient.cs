using System.Security.Claims;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Suspends a client: from now on nothing of it runs and nobody of it signs in or goes on working. What is there stays.</summary>
public sealed class SuspendClient(RecordedChange change, TimeProvider clock)
{
    /// <param name="why">For the client's audit log.</param>
    public async Task RunAsync(ClaimsPrincipal person, string slug, string? why, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        await change.RunAsync(slug, ActingPerson.Of(person), (_, tenant) =>
        {
            if (tenant.SuspendedAt is not null) return Task.FromResult<RecordLine?>(null);
            tenant.SuspendedAt = clock.GetUtcNow();
            return Task.FromResult<RecordLine?>(new("client.suspended", tenant.Name, After: new { Why = why }));
        }, cancellation);
        await RightsMemory.WaitUntilForgottenAsync();
    }
}
