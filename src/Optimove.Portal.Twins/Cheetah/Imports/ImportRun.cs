namespace Optimove.Portal.Twins.Cheetah.Imports;

/// <summary>An import and what becomes of it; it has no timer: its status follows from the time passed since it came.</summary>
public sealed class ImportRun
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required long FolderId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Places in the account's table, each once.</summary>
    public int[] Accepted { get; init; } = [];
    public string[] Rejected { get; init; } = [];
    /// <summary>Why it cannot be done; null when it can.</summary>
    public string? Failure { get; init; }
    public string[] Columns { get; init; } = [];
    /// <summary>The first rows as they came, for tests and the twin page.</summary>
    public string[][] Sample { get; init; } = [];
    public bool Deleted { get; set; }

    public string StatusAt(DateTimeOffset now, CheetahSwitches switches) =>
        now < CreatedAt + switches.ImportQueued ? "QUEUED"
        : now < CreatedAt + switches.ImportQueued + switches.ImportTakes ? "RUNNING"
        : Failure is null ? "DONE" : "FAILED";
}
