using System.Buffers;

namespace Optimove.Portal.Shell.Exports;

/// <summary>
/// Writes rows by RFC 4180 that a spreadsheet shows and never runs: a cell that would begin a formula gets an apostrophe in front
/// (https://owasp.org/www-community/attacks/CSV_Injection). Lines end with CRLF.
/// </summary>
public sealed class SafeCsv(TextWriter writer)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t\"\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <param name="cells">Text of the cells; null is an empty one. A number of one's own is written as it is.</param>
    public async Task WriteAsync(params string?[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) await writer.WriteAsync(',');
            await writer.WriteAsync(Cell(cells[i]));
        }
        await writer.WriteAsync("\r\n");
    }

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (Formula.Contains(text.AsSpan().TrimStart(' ') is [var first, ..] ? first : ' ') && !IsNumber(text)) text = "'" + text;
        return text.AsSpan().ContainsAny(Quoted) || text[0] == ' ' || text[^1] == ' ' ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // -12.50 is a number in every spreadsheet and no formula.
    private static bool IsNumber(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _);
}
