namespace Optimove.Portal.Customers.Import;

/// <summary>What an import did. <c>RowsRead = RowsLoaded + RowsKnown + RowsRejected</c>, always.</summary>
public sealed record ImportReport
{
    public required ImportKind Kind { get; init; }
    public required long RowsRead { get; init; }
    public required long RowsLoaded { get; init; }
    /// <summary>Transactions whose external id was there already.</summary>
    public required long RowsKnown { get; init; }
    public required long RowsRejected { get; init; }
    /// <summary>Rejects that can be downloaded; fewer than <see cref="RowsRejected"/> when the cap was reached.</summary>
    public required int RejectsStored { get; init; }
    public required IReadOnlyList<RejectCount> Rejects { get; init; }
    /// <summary>Bytes of the file as sent.</summary>
    public required long Bytes { get; init; }
    public required TimeSpan Took { get; init; }
    /// <summary>SHA-256 of the file as sent, hexadecimal, lower case.</summary>
    public required string FileHash { get; init; }
    public required IReadOnlyList<ColumnReport> Columns { get; init; }
    /// <summary>Headers that are no attribute and were ignored.</summary>
    public required IReadOnlyList<string> IgnoredHeaders { get; init; }
    /// <summary>Attributes for which the file has no column.</summary>
    public required IReadOnlyList<string> MissingFields { get; init; }
    /// <summary>Sum of the amounts of the rows accepted; null for kinds without amounts.</summary>
    public decimal? AmountSum { get; init; }
    /// <summary>Transactions of customers who are not, or not yet, in customers; they are kept.</summary>
    public long? UnknownCustomerRows { get; init; }
    /// <summary>Table that holds the version replaced; null when there was none.</summary>
    public string? EarlierVersion { get; init; }

    public double RejectShare => RowsRead == 0 ? 0 : (double)RowsRejected / RowsRead;
}

/// <summary>How many rows were rejected for one reason.</summary>
public sealed record RejectCount(string? Column, string Reason, long Rows);

/// <summary>How well a column is filled, 0 to 1; an empty unquoted field is not filled.</summary>
public sealed record ColumnReport(string Field, double FillRate);
