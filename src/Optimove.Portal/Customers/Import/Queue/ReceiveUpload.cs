using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Queue;

/// <summary>Keeps a file that a person sends on this machine's disk and queues its import. A file that did not arrive whole leaves nothing behind.</summary>
public sealed class ReceiveUpload(IDbContextFactory<PortalDb> databases, ImportQueue queue, Actor actor, Audit audit, TenantContext tenant, TimeProvider clock)
{
    /// <param name="size">Bytes of the whole file.</param>
    /// <returns>The id of the run that shows how it goes.</returns>
    public async Task<int> RunAsync(Stream body, string fileName, ImportKind kind, long size, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        var path = queue.NewPath();
        try
        {
            await KeepAsync(body, path, size, cancellation);
            var name = Path.GetFileName(fileName.Replace('\\', '/'));
            name = name.Length is 0 or > 200 ? "upload.csv" : name;
            var runId = await BeginAsync(name, kind, size, cancellation);
            _ = queue.AddAsync(tenant.Current, new(runId, path, name, kind, actor.Name));
            return runId;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task KeepAsync(Stream body, string path, long size, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
        await body.CopyToAsync(file, 1 << 20, cancellation);
        if (file.Length == 0) throw new RefusedException("The file is empty. Nothing was imported.");
        if (file.Length != size) throw new RefusedException("The file did not arrive whole. Nothing was imported; send it again.");
    }

    private async Task<int> BeginAsync(string name, ImportKind kind, long size, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var run = db.ImportRuns.Add(new()
        {
            Kind = kind, Source = ImportSource.Upload, FileName = name, StartedBy = actor.Name, StartedAt = now, AliveAt = now,
            DataDate = tenant.Current.DayOf(now), State = ImportState.Running, BytesTotal = size,
        }).Entity;
        audit.Record(db, "import.uploaded", $"File \"{name}\"", after: new { Kind = kind, Bytes = size });
        await db.SaveChangesAsync(cancellation);
        return run.Id;
    }
}
