namespace Optimove.Portal.E2E.Journey;

/// <summary>A downloaded table whose first columns hold no commas.</summary>
internal sealed record CsvTable(string[] Header, IReadOnlyList<string[]> Rows)
{
    public static CsvTable Read(string[] lines) => new(lines[0].TrimStart('\uFEFF').Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);

    public string this[string[] row, string column] => row[Array.IndexOf(Header, column)];
}
