namespace Optimove.Portal.Customers.Import.Runs;

/// <summary>A run as the history shows it.</summary>
public sealed record ImportLine(
    int Id, ImportKind Kind, ImportSource Source, string FileName, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, DateOnly DataDate,
    ImportState State, string? Sentence, long? BytesTotal, long BytesRead, long RowsRead, long RowsLoaded, long RowsKnown, long RowsRejected, ImportDecision Decision)
{
    /// <summary>How long is left at the pace so far; null where nothing can be said yet.</summary>
    public TimeSpan? Left(DateTimeOffset now) =>
        BytesTotal is { } total && BytesRead > 0 && BytesRead < total && now - StartedAt > TimeSpan.FromSeconds(2) ? (now - StartedAt) * ((double)(total - BytesRead) / BytesRead) : null;
}

/// <summary>Everything about one run: its report once it has one, the usual fill of its columns, the first rejected rows, and whether the customers of before can be put back.</summary>
public sealed record ImportDetails(ImportRun Run, ImportReport? Report, IReadOnlyDictionary<string, double> Usual, IReadOnlyList<ImportReject> Rejects, long RejectsKept, bool IsNewest, bool CanRestore);
