using Optimove.Portal.E2E.Testing;

[assembly: AssemblyFixture(typeof(SharedPortal))]

namespace Optimove.Portal.E2E.Testing;

/// <summary>One portal with the demo for every test that leaves it as others can use it; started by the first that asks.</summary>
public sealed class SharedPortal : IAsyncLifetime
{
    private PortalProcess? _portal;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task<PortalProcess> GetAsync()
    {
        if (_portal is not null) return _portal;
        var portal = new PortalProcess();
        try
        {
            await portal.StartAsync();
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
        return _portal = portal;
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null) await _portal.DisposeAsync();
    }
}
