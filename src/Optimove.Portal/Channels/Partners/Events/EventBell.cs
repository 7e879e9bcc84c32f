using System.Collections.Concurrent;
using System.Threading.Channels;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>Lets notices go out at once instead of at the job's next turn. Ring it after the commit; a ring that gets lost costs seconds, never a notice.</summary>
public sealed class EventBell
{
    private readonly ConcurrentDictionary<int, byte> _rung = new();
    private readonly Channel<TenantScope> _tenants = System.Threading.Channels.Channel.CreateUnbounded<TenantScope>();

    public void Ring(TenantScope tenant)
    {
        if (_rung.TryAdd(tenant.Id, 0)) _tenants.Writer.TryWrite(tenant);
    }

    /// <summary>The next client with something to post.</summary>
    public async Task<TenantScope> HeardAsync(CancellationToken cancellation)
    {
        var tenant = await _tenants.Reader.ReadAsync(cancellation);
        _rung.TryRemove(tenant.Id, out _);
        return tenant;
    }
}

/// <summary>Answers the bell: posts what the client has waiting, while the next client's ring is awaited.</summary>
internal sealed class EventPump(EventBell bell, ForEachTenant tenants, ILogger<EventPump> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var tenant = await bell.HeardAsync(stoppingToken);
            _ = Task.Run(() => DeliverAsync(tenant, stoppingToken), stoppingToken);
        }
    }

    private async Task DeliverAsync(TenantScope tenant, CancellationToken cancellation)
    {
        try
        {
            await tenants.InScopeAsync(tenant, "events", (s, c) => s.GetRequiredService<DeliverEvents>().RunAsync(c), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Notices of client {Tenant} could not be posted; they are tried again at the job's next turn", tenant.Slug);
        }
    }
}
