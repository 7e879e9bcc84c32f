using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Import;

/// <summary>A file to import into the tables of create-customer-tables.sql, for the tenant whose role and search path the connection has.</summary>
/// <param name="ImportId">Number under which rejects are kept in import_rejects.</param>
/// <param name="File">Read once from where it stands, and left open; need not be seekable.</param>
/// <param name="Attributes">Attributes of the tenant; used by customers.csv alone.</param>
/// <param name="FileSize">Bytes of the file, for the progress; taken from the stream where it knows.</param>
public sealed record ImportRequest(int ImportId, ImportKind Kind, Stream File, IReadOnlyList<AttributeColumn> Attributes, long? FileSize = null)
{
    /// <summary>What the file is called where its effects are explained later.</summary>
    public string FileName { get; init; } = "";
    /// <summary>Fields that keep their earlier values when the file has no column for them: attributes that came by API.</summary>
    public IReadOnlyList<string> KeptFields { get; init; } = [];
    /// <summary>What customers without a value have, by kept field.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();
    /// <summary>Gets each stored reject instead of the table import_rejects.</summary>
    public Action<ImportReject>? OnReject { get; init; }
    /// <summary>Rejects beyond this are counted, not stored.</summary>
    public int MostStoredRejects { get; init; } = 100_000;
}

/// <summary>A row that was not loaded: physical line where it begins (the header is line 1), column, reason as a sentence, and at most 2,000 characters of it.</summary>
public sealed record ImportReject(long Line, string? Column, string Reason, string Raw);

/// <summary>How far an import is; bytes are of the file as sent.</summary>
public sealed record ImportProgress(long BytesRead, long? FileSize, long Rows, long Rejected);
