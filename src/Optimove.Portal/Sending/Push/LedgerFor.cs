using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Push;

/// <summary>Opens the ledger of the occurrence that a lease claims.</summary>
public sealed class LedgerFor(TenantDatabase database, TenantContext tenant, TimeProvider clock)
{
    public OccurrenceLedger For(Lease lease) => new(database, tenant, lease, clock);
}
