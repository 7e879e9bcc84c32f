using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import;

/// <summary>
/// Imports what lies in the tenant's folder, customers first, each file once: it is moved to <c>done</c> or <c>refused</c> when its run has ended.
/// Names begin with the kind, such as customers.csv or transactions-2026-06-17.csv.gz. A file that is still being written (a name ending in .part or
/// .tmp) is left alone; one that the machine stopped stays for two more tries.
/// </summary>
public sealed class ImportFolder(ImportFile import, IDbContextFactory<PortalDb> databases, IOptions<ImportOptions> options, TenantContext tenant, TimeProvider clock)
{
    private const int MostTries = 3;

    /// <exception cref="RefusedException">A file is to be tried again at the next turn.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var folder = Path.Combine(options.Value.Root, tenant.Current.Slug);
        if (options.Value.Root.Length == 0 || !Directory.Exists(folder)) return;
        ImportRun? left = null;
        foreach (var (path, kind) in Waiting(folder))
        {
            ImportRun run;
            await using (var file = File.OpenRead(path))
            {
                run = await import.RunAsync(file, Path.GetFileName(path), kind, ImportSource.Folder, file.Length, cancellation);
            }
            if (run.State == ImportState.Failed && await TriesAsync(run, cancellation) < MostTries) left = run;
            else MoveAside(path, run.State is ImportState.Done or ImportState.Held ? "done" : "refused");
        }
        if (left is not null) throw new RefusedException($"{left.FileName} stays in the folder and is tried again. {left.Sentence}");
    }

    private static IEnumerable<(string Path, ImportKind Kind)> Waiting(string folder) =>
        from path in Directory.EnumerateFiles(folder)
        let kind = FileKinds.OfName(Path.GetFileName(path))
        where kind is not null
        orderby kind, path
        select (path, kind.Value);

    private async Task<int> TriesAsync(ImportRun run, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.ImportRuns.CountAsync(r => r.State == ImportState.Failed && r.Source == ImportSource.Folder && r.FileName == run.FileName && r.DataDate == run.DataDate, cancellation);
    }

    private void MoveAside(string path, string where)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, where)).FullName;
        File.Move(path, Path.Combine(folder, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Path.GetFileName(path)}"), overwrite: true);
    }
}
