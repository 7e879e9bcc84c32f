using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import;

/// <summary>
/// Brings one file in and records what became of it: loaded, held for a decision because it is unusual, refused with the reason, or broken
/// off, when the machine stopped it and the same file may be sent again.
/// </summary>
public sealed class ImportFile(IDbContextFactory<PortalDb> databases, LoadFile load, IndexCustomers index, Actor actor, TenantContext tenant, TimeProvider clock)
{
    private const string Stopped = "The portal was stopped during this import. Nothing of the file was used; the data from before still stands. Import the file again.";
    private const string BrokenOff = "The import broke off. Nothing of the file was used; the data from before still stands. Try it again.";

    /// <param name="size">Bytes of the file where they are known.</param>
    /// <param name="runId">The run that has waited for this file; a new one when null.</param>
    /// <returns>The finished run.</returns>
    public async Task<ImportRun> RunAsync(Stream file, string fileName, ImportKind kind, ImportSource source, long? size, CancellationToken cancellation = default, int? runId = null)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var run = runId is { } id
            ? await db.ImportRuns.SingleAsync(r => r.Id == id, cancellation)
            : db.ImportRuns.Add(Begin(fileName, kind, source, size)).Entity;
        await db.SaveChangesAsync(cancellation);
        try
        {
            await using var progress = RunProgress.Start(databases, run.Id, clock);
            await load.RunAsync(db, run, file, progress, cancellation);
        }
        catch (RefusedException e)
        {
            (run.State, run.Sentence) = (DatabaseRefusal.IsOfMachine(e) ? ImportState.Failed : ImportState.Refused, e.Message);
        }
        catch (Exception e)
        {
            (run.State, run.Sentence) = (ImportState.Failed, e is OperationCanceledException ? Stopped : BrokenOff);
            throw;
        }
        finally
        {
            run.FinishedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(CancellationToken.None);
        }
        if (run is { Kind: ImportKind.Customers, State: ImportState.Done or ImportState.Held }) await index.RunAsync(cancellation);
        return run;
    }

    private ImportRun Begin(string fileName, ImportKind kind, ImportSource source, long? size)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Kind = kind, Source = source, FileName = fileName, StartedBy = actor.Name, StartedAt = now, AliveAt = now,
            DataDate = tenant.Current.DayOf(now), State = ImportState.Running, BytesTotal = size,
        };
    }
}
