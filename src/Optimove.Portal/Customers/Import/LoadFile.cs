using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Mailboxes;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import;

/// <summary>Loads the file of a run when it is its turn, one file of a tenant at a time, writes the figures into the run and judges it by the usual.</summary>
public sealed class LoadFile(TenantDatabase database, CustomerFileImport import, TimeProvider clock)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <param name="run">Its figures, its state and its sentence are set, not saved.</param>
    /// <exception cref="RefusedException">Nothing of the file was used, for the reason given.</exception>
    public async Task RunAsync(PortalDb db, ImportRun run, Stream file, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await TakeTurnAsync(connection, cancellation);
        try
        {
            var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
            var byApi = attributes.Where(a => a.ByApi).ToList();
            var request = new ImportRequest(run.Id, run.Kind, file, [.. attributes.Select(a => a.ToColumn())], run.BytesTotal)
            {
                FileName = run.FileName,
                KeptFields = [.. byApi.Select(a => a.Field)], Defaults = byApi.Where(a => a.Default is not null).ToDictionary(a => a.Field, a => a.Default!),
            };
            var report = await import.RunAsync(connection, request, progress, cancellation);
            Note(run, report);
            var finding = HealthGate.Judge(report, await UsualAsync(db, run, cancellation));
            (run.State, run.Sentence) = finding.Verdict == HealthVerdict.Hold ? (ImportState.Held, string.Join(" ", finding.Sentences)) : (ImportState.Done, null);
            if (run.Kind == ImportKind.Customers) await FollowAsync(db, connection, cancellation);
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await ExecuteAsync(connection, "select pg_advisory_unlock(hashtext('customer files'), hashtext(current_schema()))", CancellationToken.None);
        }
    }

    /// <summary>Reports of the files of one kind that were good before a run, newest first.</summary>
    internal static async Task<List<ImportReport>> UsualAsync(PortalDb db, ImportRun run, CancellationToken cancellation)
    {
        var earlier = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == run.Kind && r.State == ImportState.Done && r.Report != null && r.StartedAt < run.StartedAt)
            .OrderByDescending(r => r.StartedAt).Take(7).Select(r => r.Report!).ToListAsync(cancellation);
        return [.. earlier.Select(r => JsonSerializer.Deserialize<ImportReport>(r)!)];
    }

    private static void Note(ImportRun run, ImportReport report)
    {
        (run.BytesRead, run.FileHash, run.Report) = (report.Bytes, report.FileHash, JsonSerializer.Serialize(report));
        (run.RowsRead, run.RowsLoaded, run.RowsKnown, run.RowsRejected) = (report.RowsRead, report.RowsLoaded, report.RowsKnown, report.RowsRejected);
    }

    // An attribute may have been added between the reading of the attributes and the load.
    private static async Task FollowAsync(PortalDb db, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        await AttributeColumns.AlignAsync(connection, attributes, cancellation);
        if (attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress) is { } email) await RefreshSharedMailboxes.RunAsync(connection, email, cancellation);
    }

    private async Task TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtext('customer files'), hashtext(current_schema()))", connection);
        while (await command.ExecuteScalarAsync(cancellation) is not true) await Task.Delay(AskEvery, clock, cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
