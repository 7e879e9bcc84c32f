using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers;

/// <summary>One file that came in: what was read, loaded and rejected, and what a person decided about it.</summary>
public sealed class ImportRun : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    public ImportKind Kind { get; set; }
    public ImportSource Source { get; set; }
    public required string FileName { get; set; }
    public required string StartedBy { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>The day that the file's data describes, in the tenant's zone.</summary>
    public DateOnly DataDate { get; set; }
    public ImportState State { get; set; }
    /// <summary>What happened, why and what next, for a person.</summary>
    public string? Sentence { get; set; }
    public long? BytesTotal { get; set; }
    public long BytesRead { get; set; }
    public long RowsRead { get; set; }
    public long RowsLoaded { get; set; }
    /// <summary>Transactions that were there already; <c>RowsRead = RowsLoaded + RowsKnown + RowsRejected</c> once finished.</summary>
    public long RowsKnown { get; set; }
    public long RowsRejected { get; set; }
    public string? FileHash { get; set; }
    /// <summary>The whole import report as JSON.</summary>
    public string? Report { get; set; }
    /// <summary>Last sign of life while running; older than two minutes means that its process is gone.</summary>
    public DateTimeOffset? AliveAt { get; set; }
    /// <summary>A person's answer to a file that was held.</summary>
    public ImportDecision Decision { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecisionNote { get; set; }
}

/// <summary>Customers: everybody, in place of the earlier version. Transactions: added; one whose external id is known is not added again.
/// CustomerApps: every customer's apps, in place of the earlier ones. Subscriptions: opt-ins and opt-outs, merged into the preferences.</summary>
public enum ImportKind { Customers, Transactions, CustomerApps, Subscriptions }
public enum ImportSource { Upload, Folder }

/// <summary>Held: loaded or ready, but abnormal; tonight's sends wait for a decision. Refused: nothing of it was used.</summary>
public enum ImportState { Running, Done, Held, Refused, Failed }

/// <summary>A person's answer to an abnormal or missing import.</summary>
public enum ImportDecision { None, Wait, UsePrevious, RunAnyway }
