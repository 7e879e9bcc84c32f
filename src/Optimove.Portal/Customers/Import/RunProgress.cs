using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;

namespace Optimove.Portal.Customers.Import;

/// <summary>Writes a run's progress and its sign of life once a second, also while nothing is read because an index is being built.</summary>
internal sealed class RunProgress : IProgress<ImportProgress>, IAsyncDisposable
{
    private readonly PeriodicTimer _timer;
    private readonly Task _writing;
    private ImportProgress? _latest;

    private RunProgress(IDbContextFactory<PortalDb> databases, int runId, TimeProvider clock)
    {
        _timer = new(TimeSpan.FromSeconds(1), clock);
        _writing = WriteAsync(databases, runId, clock);
    }

    public static RunProgress Start(IDbContextFactory<PortalDb> databases, int runId, TimeProvider clock) => new(databases, runId, clock);

    /// <summary>Called from the loading thread, between two buffers.</summary>
    public void Report(ImportProgress value) => Volatile.Write(ref _latest, value);

    private async Task WriteAsync(IDbContextFactory<PortalDb> databases, int runId, TimeProvider clock)
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync();
                var (now, latest) = (clock.GetUtcNow(), Volatile.Read(ref _latest));
                await db.ImportRuns.Where(r => r.Id == runId && r.State == ImportState.Running).ExecuteUpdateAsync(u =>
                {
                    u.SetProperty(r => r.AliveAt, now);
                    if (latest is null) return;
                    u.SetProperty(r => r.BytesRead, latest.BytesRead).SetProperty(r => r.RowsRead, latest.Rows).SetProperty(r => r.RowsRejected, latest.Rejected);
                });
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                // A sign of life that did not get through is followed by the next; the load itself says when the database is gone.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _writing;
    }
}
