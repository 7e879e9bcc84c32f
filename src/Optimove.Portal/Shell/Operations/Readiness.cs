using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Jobs;
using Quartz;

namespace Optimove.Portal.Shell.Operations;

/// <summary>Unhealthy from the moment the portal is asked to stop, so that a proxy sends nobody here any more.</summary>
internal sealed class NotStopping(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The portal is stopping.") : HealthCheckResult.Healthy());
}

/// <summary>Healthy when the database answers the portal's own role within three seconds.</summary>
internal sealed class DatabaseAnswers(NpgsqlDataSource source) : IHealthCheck
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}

/// <summary>Healthy when the database has every migration of this version; asked until it is so, and not again.</summary>
internal sealed class MigrationsApplied(OwnerDatabase owner) : IHealthCheck
{
    private bool _applied;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_applied) return HealthCheckResult.Healthy();
        try
        {
            await using var db = new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(owner.Source).Options, new());
            var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            _applied = missing.Count == 0;
            return _applied ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{missing.Count} migrations are missing.");
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}

/// <summary>Healthy when the jobs of this process run.</summary>
internal sealed class SchedulerRuns([FromKeyedServices(JobsFeature.Scheduler)] ISchedulerFactory schedulers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        return await scheduler.GetStatus(cancellationToken) == SchedulerStatus.Running
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The scheduler does not run.");
    }
}
