using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import;

/// <summary>
/// Brings one file in and records what became of it: loaded, held for a decision because it is unusual, or refused with the reason.
/// </summary>
public sealed class ImportFile(IDbContextFactory<PortalDb> databases, TenantDatabase database, CustomerFileImport import, Actor actor, TenantContext tenant, TimeProvider clock)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <param name="size">Bytes of the file where they are known.</param>
    /// <returns>The finished run.</returns>
    public async Task<ImportRun> RunAsync(Stream file, string fileName, ImportKind kind, ImportSource source, long? size, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var run = new ImportRun
        {
            Kind = kind, Source = source, FileName = fileName, StartedBy = actor.Name, StartedAt = now, AliveAt = now,
            DataDate = tenant.Current.DayOf(now), State = ImportState.Running, BytesTotal = size,
        };
        db.ImportRuns.Add(run);
        await db.SaveChangesAsync(cancellation);
        try
        {
            await LoadAsync(db, run, file, size, cancellation);
        }
        catch (RefusedException e)
        {
            (run.State, run.Sentence) = (ImportState.Refused, e.Message);
        }
        catch (Exception)
        {
            (run.State, run.Sentence) = (ImportState.Failed, "The import broke off. Nothing of the file was used; the data from before still stands. Try it again.");
            throw;
        }
        finally
        {
            run.FinishedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(CancellationToken.None);
        }
        return run;
    }

    private async Task LoadAsync(PortalDb db, ImportRun run, Stream file, long? size, CancellationToken cancellation)
    {
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var last = clock.GetTimestamp();
        var progress = new Progress(p =>
        {
            if (clock.GetElapsedTime(last) < ProgressEvery) return;
            last = clock.GetTimestamp();
            (run.BytesRead, run.RowsRead, run.RowsRejected, run.AliveAt) = (p.BytesRead, p.Rows, p.Rejected, clock.GetUtcNow());
            db.SaveChanges();
        });
        var report = await import.RunAsync(connection, new(run.Id, run.Kind, file, [.. attributes.Select(a => a.ToColumn())], size), progress, cancellation);
        (run.BytesRead, run.RowsRead, run.RowsLoaded, run.RowsRejected, run.FileHash) = (report.Bytes, report.RowsRead, report.RowsLoaded, report.RowsRejected, report.FileHash);
        run.Report = JsonSerializer.Serialize(report);
        var finding = HealthGate.Judge(report, await EarlierAsync(db, run, cancellation));
        (run.State, run.Sentence) = finding.Verdict == HealthVerdict.Hold ? (ImportState.Held, string.Join(" ", finding.Sentences)) : (ImportState.Done, null);
        if (run.Kind == ImportKind.Customers && attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress) is { } email)
        {
            await RefreshSharedMailboxes.RunAsync(connection, email, cancellation);
        }
    }

    private static async Task<List<ImportReport>> EarlierAsync(PortalDb db, ImportRun run, CancellationToken cancellation)
    {
        var earlier = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == run.Kind && r.State == ImportState.Done && r.Report != null)
            .OrderByDescending(r => r.StartedAt).Take(7).Select(r => r.Report!).ToListAsync(cancellation);
        return [.. earlier.Select(r => JsonSerializer.Deserialize<ImportReport>(r)!)];
    }

    // Called from the loading thread, between two buffers; System.Progress would call back on others.
    private sealed class Progress(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
