using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Optimove.Portal.Channels;
using Optimove.Portal.Providers;
using Optimove.Portal.Providers.Http;
using Optimove.Portal.Twins;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>A twin of its own for one dry run, on a free port of the loopback address, and the real connector pointed at it. Made-up credentials are all that it knows.</summary>
internal sealed class DryStage : IAsyncDisposable
{
    private readonly TwinHost _host;
    private readonly ServiceProvider _services;

    private DryStage(TwinHost host, ServiceProvider services, IStandIn standIn, IProvider provider, ProviderConnection access) =>
        (_host, _services, StandIn, Provider, Access) = (host, services, standIn, provider, access);

    public IStandIn StandIn { get; }
    public IProvider Provider { get; }
    public ProviderConnection Access { get; }

    /// <param name="settings">Disguised.</param>
    /// <exception cref="RefusedException">There is no twin of this provider.</exception>
    public static async Task<DryStage> StartAsync(Connection connection, JsonObject settings, StandInTemplate template, CallRecorder recorder, TimeProvider clock, CancellationToken cancellation)
    {
        var world = new TwinWorld(clock);
        var standIn = StandInCatalog.Make(connection.Provider, world, new(settings, template)) ?? throw new RefusedException("There is no twin that can take this provider's part.");
        var services = Services(recorder, clock);
        try
        {
            var provider = services.GetRequiredService<ProviderCatalog>()[connection.Provider];
            var read = ConnectionAccess.Read(settings, provider, connection.Name);
            var host = await TwinHost.StartAsync(world, cancellation: cancellation);
            recorder.Twin = host.BaseAddress;
            return new(host, services, standIn, provider, new(0, read, standIn.AddressAt(host)));
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    // The connectors live by the clock of the dry run; what watches over their calls by the machine's, because no call takes longer or shorter for it.
    private static ServiceProvider Services(CallRecorder recorder, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddProviders(o => o.AllowLoopback = true);
        services.AddSingleton(s => new Outbound(s.GetRequiredService<IOptions<ProviderOptions>>(), TimeProvider.System, s.GetRequiredService<ILogger<Outbound>>(), recorder));
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }
}
