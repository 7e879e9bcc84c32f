using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Opens ledgers: for the work under a claim, or to read only.</summary>
public sealed class LedgerFor(TenantDatabase database, TenantContext tenant, TimeProvider clock)
{
    public OccurrenceLedger For(Lease lease) => new(database, tenant, lease.OccurrenceId, lease.Owner, clock);

    /// <summary>A ledger in which no call can begin, because nobody of this name holds a claim.</summary>
    public OccurrenceLedger Reading(int occurrenceId) => new(database, tenant, occurrenceId, "", clock);
}
