namespace Optimove.Portal.Sending.Recipients;

/// <summary>Writes values for a CSV file that people open in a spreadsheet.</summary>
public static class CsvField
{
    /// <summary>Quoted by RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    public static string Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",;\r\n\t") < 0 && safe.Trim() == safe ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
