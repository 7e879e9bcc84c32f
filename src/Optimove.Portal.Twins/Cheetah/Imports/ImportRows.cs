using System.Text;

namespace Optimove.Portal.Twins.Cheetah.Imports;

/// <summary>Reads a file as a Data Map of commas, double quotes and a first row of names does.</summary>
internal static class ImportRows
{
    private const int Shown = 20;

    /// <summary>The import that a file makes; a file that does not fit the Data Map makes one that fails.</summary>
    public static ImportRun Read(CheetahAccount account, byte[] file, string name, long folder, DateTimeOffset now)
    {
        using var rows = Split(Encoding.UTF8.GetString(file)).GetEnumerator();
        var columns = rows.MoveNext() ? rows.Current : [];
        var unknown = columns.FirstOrDefault(c => !account.MapTo.Contains(c));
        var key = Array.IndexOf(columns, account.IdentifierField);
        var failure = unknown is not null ? $"The column {unknown} is not in the Data Map." : key < 0 ? $"The column {account.IdentifierField} is missing." : null;
        var accepted = new HashSet<int>();
        var rejected = new List<string>();
        var sample = new List<string[]>();
        while (failure is null && rows.MoveNext())
        {
            var row = rows.Current;
            if (sample.Count < Shown) sample.Add(row);
            if (row.Length != columns.Length || !account.PlaceOf.TryGetValue(row[key], out var place) || !accepted.Add(place)) rejected.Add(row[Math.Min(key, row.Length - 1)]);
        }
        return new ImportRun
        {
            Id = account.NextImportId(), Name = name, FolderId = folder, CreatedAt = now, Failure = failure,
            Columns = columns, Sample = [.. sample], Accepted = [.. accepted], Rejected = [.. rejected],
        };
    }

    private static IEnumerable<string[]> Split(string text)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') value.Append(text[i++]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || c is not (',' or '\n')) value.Append(c);
            else
            {
                row.Add(value.ToString());
                value.Clear();
                if (c == ',') continue;
                yield return [.. row];
                row.Clear();
            }
        }
        if (row.Count + value.Length > 0) yield return [.. row, value.ToString()];
    }
}
