using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>Reads import runs and their rejected rows for screens and downloads.</summary>
public sealed class ImportQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    private const int FirstRejects = 50;

    /// <summary>Runs, newest first, of one kind and state where given.</summary>
    public async Task<PageOf<ImportLine>> ListAsync(ImportKind? kind, ImportState? state, GridQuery query, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var runs = db.ImportRuns.AsNoTracking().Where(r => (kind == null || r.Kind == kind) && (state == null || r.State == state));
        return new(await Lines(runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Skip(query.Offset).Take(query.PageSize)).ToListAsync(cancellation), await runs.LongCountAsync(cancellation));
    }

    /// <summary>Runs that go on now, and those that wait for a decision, newest first.</summary>
    public async Task<IReadOnlyList<ImportLine>> OpenAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var open = await Lines(db.ImportRuns.AsNoTracking().Where(r => r.State == ImportState.Running || r.State == ImportState.Held).OrderByDescending(r => r.StartedAt)).ToListAsync(cancellation);
        return [.. open.Where(r => r.State == ImportState.Running || !open.Any(o => o.Kind == r.Kind && o.State == ImportState.Held && o.StartedAt > r.StartedAt))];
    }

    /// <summary>The newest good files of customers and of transactions, where there are any.</summary>
    public async Task<IReadOnlyList<ImportLine>> InUseAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var newest = new List<ImportLine>();
        foreach (var kind in new[] { ImportKind.Customers, ImportKind.Transactions })
        {
            newest.AddRange(await Lines(db.ImportRuns.AsNoTracking().Where(r => r.Kind == kind && r.State == ImportState.Done).OrderByDescending(r => r.StartedAt).Take(1)).ToListAsync(cancellation));
        }
        return newest;
    }

    /// <summary>Null where there is no such run.</summary>
    public async Task<ImportDetails?> FindAsync(int runId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId, cancellation) is not { } run) return null;
        var report = run.Report is null ? null : JsonSerializer.Deserialize<ImportReport>(run.Report);
        var usual = HealthGate.UsualFill(await LoadFile.UsualAsync(db, run, cancellation));
        var newest = !await db.ImportRuns.AnyAsync(r => r.Kind == run.Kind && r.StartedAt > run.StartedAt && (r.State == ImportState.Done || r.State == ImportState.Held), cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        var restorable = report?.EarlierVersion is { } version && (await CustomerVersions.ListAsync(connection, cancellation)).Any(v => v.Table == version);
        return new(run, report, usual, await FirstAsync(connection, runId, cancellation), await KeptAsync(connection, runId, cancellation), newest, restorable);
    }

    /// <summary>All rejected rows that are kept, by line, a row at a time from the database.</summary>
    public async IAsyncEnumerable<ImportReject> RejectsAsync(int runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await foreach (var reject in ReadAsync(connection, runId, null, cancellation)) yield return reject;
    }

    /// <summary>The name of a run's file; null where there is no such run.</summary>
    public async Task<string?> FileNameAsync(int runId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.ImportRuns.Where(r => r.Id == runId).Select(r => r.FileName).SingleOrDefaultAsync(cancellation);
    }

    private static IQueryable<ImportLine> Lines(IQueryable<ImportRun> runs) => runs.Select(r => new ImportLine(
        r.Id, r.Kind, r.Source, r.FileName, r.StartedBy, r.StartedAt, r.FinishedAt, r.DataDate, r.State, r.Sentence,
        r.BytesTotal, r.BytesRead, r.RowsRead, r.RowsLoaded, r.RowsKnown, r.RowsRejected, r.Decision));

    private static async Task<List<ImportReject>> FirstAsync(NpgsqlConnection connection, int runId, CancellationToken cancellation)
    {
        var first = new List<ImportReject>();
        await foreach (var reject in ReadAsync(connection, runId, FirstRejects, cancellation)) first.Add(reject);
        return first;
    }

    private static async Task<long> KeptAsync(NpgsqlConnection connection, int runId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from import_rejects where import_id = $1", connection) { Parameters = { new() { Value = runId } } };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async IAsyncEnumerable<ImportReject> ReadAsync(NpgsqlConnection connection, int runId, int? most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select line, column_name, reason, raw from import_rejects where import_id = $1 order by line limit $2", connection)
        {
            Parameters = { new() { Value = runId }, new() { Value = most is { } n ? n : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? "" : reader.GetString(3));
    }
}
