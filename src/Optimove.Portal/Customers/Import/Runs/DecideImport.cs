using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>
/// A person decides about a held file: wait for another one, put the customers of before back, or use it as it is. Name, time and note are kept.
/// Only the newest file can be decided about, so that an old decision cannot undo a newer file.
/// </summary>
public sealed class DecideImport(IDbContextFactory<PortalDb> databases, IndexCustomers index, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int runId, ImportDecision decision, string? note, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (decision == ImportDecision.None) throw new RefusedException("Choose what to do with the file.");
        if (note is null && decision != ImportDecision.Wait) throw new RefusedException("Write a note that says why. It is kept in the audit log.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CustomerFileImport.LockAsync(connection, cancellation);
        var run = await db.ImportRuns.SingleOrDefaultAsync(r => r.Id == runId, cancellation) ?? throw new RefusedException("There is no such import.");
        if (run.State != ImportState.Held) throw new RefusedException("This file is no longer on hold.");
        if (await db.ImportRuns.AnyAsync(r => r.Kind == run.Kind && r.StartedAt > run.StartedAt && (r.State == ImportState.Done || r.State == ImportState.Held), cancellation))
            throw new RefusedException("A newer file has come since, and it is the one in use. Decide about that one.");
        if (decision == ImportDecision.UsePrevious) await RestoreAsync(db, connection, run, cancellation);
        (run.Decision, run.DecidedBy, run.DecidedAt, run.DecisionNote) = (decision, actor.Name, clock.GetUtcNow(), note);
        run.State = decision switch { ImportDecision.RunAnyway => ImportState.Done, ImportDecision.UsePrevious => ImportState.Refused, _ => run.State };
        audit.Record(db, "import.decided", $"File \"{run.FileName}\"", after: new { Decision = decision, Note = note });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (decision == ImportDecision.UsePrevious) await index.RunAsync(cancellation);
    }

    private static async Task RestoreAsync(PortalDb db, NpgsqlConnection connection, ImportRun run, CancellationToken cancellation)
    {
        var earlier = run is { Kind: ImportKind.Customers, Report: { } json } ? JsonSerializer.Deserialize<ImportReport>(json)?.EarlierVersion : null;
        if (earlier is null) throw new RefusedException("There are no customers of before to go back to.");
        await CustomerVersions.RestoreAsync(connection, earlier, cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        await AttributeColumns.AlignAsync(connection, attributes, cancellation);
    }
}
