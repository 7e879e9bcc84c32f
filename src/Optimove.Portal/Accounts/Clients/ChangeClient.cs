using System.Security.Claims;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>Changes a client's name, zone, currency, KPI or nightly hour; the client's audit log keeps before and after. Its address stays.</summary>
public sealed class ChangeClient(RecordedChange change)
{
    /// <exception cref="RefusedException">Something is not right, or the person is no staff admin.</exception>
    public async Task RunAsync(ClaimsPrincipal person, string slug, ClientFacts facts, CancellationToken cancellation = default)
    {
        person.MustBeStaffAdmin();
        if (ClientRules.Problems(facts).Values.FirstOrDefault() is { } problem) throw new RefusedException(problem);
        await change.RunAsync(slug, ActingPerson.Of(person), (_, tenant) =>
        {
            var before = ClientRecord.Of(tenant);
            facts.ApplyTo(tenant);
            var after = ClientRecord.Of(tenant);
            return Task.FromResult(before == after ? null : new RecordLine("client.changed", tenant.Name, before, after));
        }, cancellation);
    }
}
