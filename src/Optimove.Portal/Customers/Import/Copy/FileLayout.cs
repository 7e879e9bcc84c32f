using System.Text;
using Optimove.Portal.Customers.Import.Csv;

namespace Optimove.Portal.Customers.Import.Copy;

/// <summary>Which column of a file fills which column of the table, from the file's header.</summary>
internal sealed class FileLayout
{
    private FileLayout(ImportColumn?[] columns, IReadOnlyList<string> ignored, IReadOnlyList<string> missing) =>
        (Columns, Filled, Ignored, Missing) = (columns, [.. columns.OfType<ImportColumn>()], ignored, missing);

    /// <summary>One entry a column of the file; null where it is ignored.</summary>
    public ImportColumn?[] Columns { get; }
    /// <summary>The columns that the file fills, in the file's order.</summary>
    public IReadOnlyList<ImportColumn> Filled { get; }
    public IReadOnlyList<string> Ignored { get; }
    public IReadOnlyList<string> Missing { get; }
    public string FilledSql => string.Join(", ", Filled.Select(c => Quote(c.Field)));

    public static string Quote(string field) => "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Reads the header; refuses a file without one, without a key column or with a column twice.</summary>
    public static async Task<FileLayout> ReadAsync(RowReader reader, IReadOnlyList<ImportColumn> columns, CancellationToken cancellation)
    {
        var headers = await HeadersAsync(reader, cancellation);
        var found = headers.Select(h => Match(h, columns)).ToArray();
        if (found.OfType<ImportColumn>().GroupBy(c => c.Field).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RefusedException($"The file has the column {twice.Key} more than once. Nothing was imported.");
        var missing = columns.Where(c => !found.Contains(c)).ToList();
        if (missing.Where(c => c.Required).ToList() is { Count: > 0 } needed)
        {
            throw new RefusedException($"The file has no column {string.Join(" and no column ", needed.Select(c => c.Field))}. "
                + $"Its header reads: {Clip(string.Join(", ", headers))}. Nothing was imported.");
        }
        return new(found, [.. headers.Where((_, i) => found[i] is null)], [.. missing.Select(c => c.Field)]);
    }

    /// <summary>The headers as they stand in the file.</summary>
    public static async Task<IReadOnlyList<string>> HeadersAsync(RowReader reader, CancellationToken cancellation)
    {
        RowState state;
        while ((state = reader.TryRead()) == RowState.NeedMore)
            await reader.FillAsync(cancellation);
        if (state == RowState.End)
            throw new RefusedException("The file is empty. Nothing was imported.");
        if (state == RowState.Damaged)
            throw new RefusedException($"The header cannot be read: {reader.Damage.Sentence()} Nothing was imported.");
        if (reader.Raw.Contains((byte)'\r'))
            throw new RefusedException("The lines of the file end with CR alone. Save it with LF or CRLF line ends. Nothing was imported.");
        if (reader.FieldCount > RowReader.MaxColumns)
            throw new RefusedException($"The file has {reader.FieldCount:N0} columns; at most {RowReader.MaxColumns:N0} can be imported.");
        return Texts(reader);
    }

    private static List<string> Texts(RowReader reader)
    {
        var texts = new List<string>();
        foreach (var field in reader.Fields)
        {
            var text = Encoding.UTF8.GetString(reader.Buffer.Slice(field.Start, field.Length));
            texts.Add((field.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text).Trim());
        }
        return texts;
    }

    private static ImportColumn? Match(string header, IReadOnlyList<ImportColumn> columns) =>
        columns.FirstOrDefault(c => c.Field.Equals(header, StringComparison.OrdinalIgnoreCase))
        ?? (header.Length == 0 ? null : columns.FirstOrDefault(c => FieldName.From(header) is var name && (name == c.Field || name == c.Alias)));

    private static string Clip(string text) => text.Length <= 200 ? text : text[..200] + "...";
}
