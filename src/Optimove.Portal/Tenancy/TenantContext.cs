namespace Optimove.Portal.Tenancy;

/// <summary>
/// Which tenant this scope (a request, a circuit, a job's turn) works for. Entered exactly once: reading before throws, and so does
/// entering another tenant, so that no code can move from one client's data to another's.
/// </summary>
public sealed class TenantContext
{
    private TenantScope? _current;

    public bool IsEntered => _current is not null;

    public TenantScope Current => _current ?? throw new InvalidOperationException("No tenant has been entered in this scope.");

    public void Enter(TenantScope tenant)
    {
        if (_current is not null && _current.Id != tenant.Id)
        {
            throw new InvalidOperationException($"This scope works for tenant {_current.Id} and cannot enter tenant {tenant.Id}.");
        }
        _current ??= tenant;
    }
}
