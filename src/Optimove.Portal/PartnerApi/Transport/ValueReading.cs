using System.Globalization;
using Optimove.Portal.PartnerApi.Catalogue;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Turns texts of a query or a form into values of the declared types; what does not fit is refused with the name of the field.</summary>
internal static class ValueReading
{
    /// <param name="find">The text of a name; null where there is none.</param>
    /// <exception cref="RefusedException">A required value is missing, or one is not of its type.</exception>
    public static ApiValues FromTexts(IReadOnlyList<ApiField> fields, Func<string, string?> find) =>
        new(fields, [.. fields.Select(field =>
        {
            var text = find(field.Name) ?? (field.Alias is null ? null : find(field.Alias));
            return string.IsNullOrEmpty(text) ? Missing(field, 0) : FromText(field, text);
        })]);

    internal static object? Missing(ApiField field, int item) => field.Required ? throw new RefusedException($"{field.Name} is missing{In(item)}.") : null;

    internal static object FromText(ApiField field, string text) => field.Type switch
    {
        ApiType.Integer or ApiType.Channel => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(field, "a whole number", 0),
        ApiType.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(field, "a whole number", 0),
        ApiType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Wrong(field, "a date as yyyy-MM-dd", 0),
        ApiType.Boolean => bool.TryParse(text, out var yes) ? yes : throw Wrong(field, "true or false", 0),
        _ => Checked(field, text, 0),
    };

    // PostgreSQL takes no NUL in a text.
    internal static string Checked(ApiField field, string text, int item)
    {
        if (text.Length > field.MaxLength) throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{field.Name} is longer than {field.MaxLength} characters{In(item)}."));
        if (text.Contains('\0', StringComparison.Ordinal)) throw new RefusedException($"{field.Name} holds a character that cannot be kept{In(item)}.");
        if (field.Required && string.IsNullOrWhiteSpace(text)) throw new RefusedException($"{field.Name} is empty{In(item)}.");
        return text;
    }

    internal static RefusedException Wrong(ApiField field, string expected, int item) => new($"{field.Name} must be {expected}{In(item)}.");

    internal static string In(int item) => item == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" in item {item}");
}
