using System.Globalization;
using Npgsql;
using Optimove.Portal.Targeting;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Customers.Explorer;

/// <summary>Values of attributes between the database and a person.</summary>
public static class AttributeValues
{
    internal static object? Read(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDataTypeName(column) switch
    {
        "date" => reader.GetFieldValue<DateOnly>(column),
        "timestamp with time zone" => reader.GetFieldValue<DateTimeOffset>(column),
        _ => reader.GetValue(column),
    };

    /// <summary>A value as a person reads it; null where the file had none.</summary>
    public static string? InWords(object? value, TimeZoneInfo zone) => value switch
    {
        null => null,
        bool yes => yes ? "Yes" : "No",
        int whole => Format.Number(whole),
        decimal number => number.ToString("#,0.00##", CultureInfo.InvariantCulture).Replace('-', '\u2212'),
        DateOnly day => Format.Date(day),
        DateTimeOffset moment => Format.DateAndTime(moment, zone),
        _ => value.ToString(),
    };

    public static bool IsNumeric(AttributeType type) => type is AttributeType.Integer or AttributeType.Decimal;
}
