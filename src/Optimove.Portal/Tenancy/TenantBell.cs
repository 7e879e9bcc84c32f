using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Optimove.Portal.Tenancy;

/// <summary>Lets a client's work begin at once instead of at its job's next turn. Ring it after the commit; a ring that gets lost costs seconds, never the work.</summary>
public abstract class TenantBell
{
    private readonly ConcurrentDictionary<int, byte> _rung = new();
    private readonly Channel<TenantScope> _tenants = Channel.CreateUnbounded<TenantScope>();

    public void Ring(TenantScope tenant)
    {
        if (_rung.TryAdd(tenant.Id, 0)) _tenants.Writer.TryWrite(tenant);
    }

    /// <summary>The next client with something to do.</summary>
    public async Task<TenantScope> HeardAsync(CancellationToken cancellation)
    {
        var tenant = await _tenants.Reader.ReadAsync(cancellation);
        _rung.TryRemove(tenant.Id, out _);
        return tenant;
    }
}

/// <summary>Answers a bell: does what the client has waiting, while the next client's ring is awaited. When the portal stops, what has begun comes to its end.</summary>
/// <param name="job">Name of the work, as audit logs show it.</param>
internal abstract class TenantPump(TenantBell bell, ForEachTenant tenants, ILogger log, string job) : BackgroundService
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var tenant = await bell.HeardAsync(stoppingToken);
                var answer = Task.Run(() => AnswerAsync(tenant, stoppingToken), CancellationToken.None);
                _running[answer] = 0;
                _ = answer.ContinueWith(a => _running.TryRemove(a, out _), TaskScheduler.Default);
            }
        }
        finally
        {
            await Task.WhenAll(_running.Keys);
        }
    }

    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken cancellation);

    private async Task AnswerAsync(TenantScope tenant, CancellationToken cancellation)
    {
        try
        {
            await tenants.InScopeAsync(tenant, job, WorkAsync, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The portal stops.
        }
        catch (Exception e)
        {
            log.LogError(e, "{Job} of client {Tenant} could not be done; they are tried again at the job's next turn", job, tenant.Slug);
        }
    }
}
