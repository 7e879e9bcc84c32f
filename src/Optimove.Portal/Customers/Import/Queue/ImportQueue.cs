using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Queue;

/// <summary>A file on this machine's disk that belongs to a run; deleted when the run has ended.</summary>
public sealed record QueuedFile(int RunId, string Path, string Name, ImportKind Kind, string Person);

/// <summary>
/// Imports uploaded files in the background, a client's files one after the other and at most two at a time, whoever has left the page meanwhile.
/// Marks the runs of processes that are gone as broken off, at the start and every minute.
/// </summary>
public sealed class ImportQueue(ForEachTenant tenants, IOptions<ImportOptions> options, TimeProvider clock, ILogger<ImportQueue> log) : BackgroundService
{
    private static readonly TimeSpan KeptAfterCrash = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim _slots = new(2);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<int, Task> _last = [];
    private readonly Lock _gate = new();

    /// <summary>A path for a file to be queued.</summary>
    public string NewPath()
    {
        var folder = Directory.CreateDirectory(options.Value.SpoolFolder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder.FullName, Path.GetRandomFileName() + ".upload");
    }

    /// <summary>Imports the file as soon as the client's earlier ones are in; the task ends when the run has ended, and never fails.</summary>
    public Task AddAsync(TenantScope tenant, QueuedFile file)
    {
        lock (_gate)
        {
            return _last[tenant.Id] = ImportAfterAsync(_last.GetValueOrDefault(tenant.Id, Task.CompletedTask), tenant, file);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SweepSpool();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
        {
            try
            {
                await tenants.RunAsync("imports", (s, c) => s.GetRequiredService<MarkBrokenOff>().RunAsync(c), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Imports that broke off could not be looked for; it is tried again in a minute");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate) running = [.. _last.Values];
        await Task.WhenAll(running).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task ImportAfterAsync(Task earlier, TenantScope tenant, QueuedFile file)
    {
        await Task.Yield();
        try
        {
            await tenants.InScopeAsync(tenant, file.Person, (services, cancellation) => ImportAsync(services, earlier, file, cancellation), _stop.Token);
        }
        catch (Exception e)
        {
            log.LogError(e, "The import {Run} of tenant {Tenant} broke off", file.RunId, tenant.Slug);
        }
        finally
        {
            File.Delete(file.Path);
        }
    }

    private async Task ImportAsync(IServiceProvider services, Task earlier, QueuedFile file, CancellationToken cancellation)
    {
        await using (RunProgress.Start(services.GetRequiredService<IDbContextFactory<PortalDb>>(), file.RunId, clock))
        {
            await earlier.WaitAsync(cancellation);
            await _slots.WaitAsync(cancellation);
        }
        try
        {
            await using var stream = File.OpenRead(file.Path);
            await services.GetRequiredService<ImportFile>().RunAsync(stream, file.Name, file.Kind, ImportSource.Upload, stream.Length, cancellation, file.RunId);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Files of a process that was killed; those of a living one are younger.
    private void SweepSpool()
    {
        if (!Directory.Exists(options.Value.SpoolFolder)) return;
        foreach (var file in Directory.EnumerateFiles(options.Value.SpoolFolder, "*.upload"))
        {
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) > KeptAfterCrash) File.Delete(file);
        }
    }

    // A host that is told to stop from two sides may stop this after it was disposed, so the token source stays usable.
    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }
}
