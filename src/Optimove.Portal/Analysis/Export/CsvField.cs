using System.Globalization;

namespace Optimove.Portal.Analysis.Export;

/// <summary>Fields of a CSV file for a spreadsheet (RFC 4180). Text that a spreadsheet would run as a formula is made plain with a leading apostrophe.</summary>
internal static class CsvField
{
    private const string Formula = "=+-@\t\r\n";

    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var safe = Formula.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",;\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : "";

    public static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
