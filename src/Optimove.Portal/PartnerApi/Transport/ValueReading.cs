using System.Globalization;
using System.Text.Json;
using Optimove.Portal.PartnerApi.Catalogue;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Turns what came over the wire into values of the declared types; what does not fit is refused with the name of the field.</summary>
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

    /// <inheritdoc cref="FromTexts"/>
    /// <param name="item">Which item of a list this is, from 1; 0 where it is none.</param>
    public static ApiValues FromObject(IReadOnlyList<ApiField> fields, JsonElement element, int item)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new RefusedException($"A JSON object is expected{In(item)}.");
        var values = new object?[fields.Count];
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && Place(fields, property) is >= 0 and var i) values[i] = FromJson(fields[i], property.Value, item);
        }
        for (var i = 0; i < fields.Count; i++) values[i] ??= Missing(fields[i], item);
        return new(fields, values);
    }

    // Nearly all names are spelt as they are declared, and comparing those makes no text of them.
    private static int Place(IReadOnlyList<ApiField> fields, JsonProperty property)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (property.NameEquals(fields[i].Utf8Name)) return i;
        }
        var name = property.Name;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].IsCalled(name)) return i;
        }
        return -1;
    }

    /// <exception cref="RefusedException">It is not an array, or longer than the limit, or an item is wrong.</exception>
    public static IReadOnlyList<ApiValues> FromArray(IReadOnlyList<ApiField> fields, int limit, JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Array) throw new RefusedException($"{what} must be a JSON array.");
        var count = element.GetArrayLength();
        if (count > limit) throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{what} holds {count} items; at most {limit} are taken in one call."));
        var items = new List<ApiValues>(count);
        foreach (var item in element.EnumerateArray()) items.Add(FromObject(fields, item, items.Count + 1));
        return items;
    }

    private static object? Missing(ApiField field, int item) => field.Required ? throw new RefusedException($"{field.Name} is missing{In(item)}.") : null;

    private static object FromText(ApiField field, string text) => field.Type switch
    {
        ApiType.Integer or ApiType.Channel => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(field, "a whole number", 0),
        ApiType.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(field, "a whole number", 0),
        ApiType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Wrong(field, "a date as yyyy-MM-dd", 0),
        ApiType.Boolean => bool.TryParse(text, out var yes) ? yes : throw Wrong(field, "true or false", 0),
        _ => Checked(field, text, 0),
    };

    private static object FromJson(ApiField field, JsonElement value, int item) => (field.Type, value.ValueKind) switch
    {
        (ApiType.Integer or ApiType.Channel, JsonValueKind.Number) when value.TryGetInt32(out var number) => number,
        (ApiType.Integer or ApiType.Channel, _) => throw Wrong(field, "a whole number", item),
        (ApiType.Long, JsonValueKind.Number) when value.TryGetInt64(out var number) => number,
        (ApiType.Long, _) => throw Wrong(field, "a whole number", item),
        (ApiType.Text or ApiType.TextOrNumber, JsonValueKind.String) => Checked(field, value.GetString()!, item),
        (ApiType.TextOrNumber, JsonValueKind.Number) when value.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        (ApiType.Text or ApiType.TextOrNumber, _) => throw Wrong(field, "a text", item),
        (ApiType.Date, JsonValueKind.String) => FromText(field, value.GetString()!),
        (ApiType.Boolean, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (ApiType.Texts, JsonValueKind.Array) => Texts(field, value, item),
        (ApiType.List, JsonValueKind.Array) => FromArray(field.Fields, field.Limit, value, field.Name),
        (ApiType.Values, JsonValueKind.Object) => Values(field, value, item),
        (ApiType.Values, _) => throw Wrong(field, "a JSON object", item),
        (ApiType.Texts or ApiType.List, _) => throw Wrong(field, "a JSON array", item),
        _ => throw Wrong(field, "of another type", item),
    };

    private static List<string> Texts(ApiField field, JsonElement array, int of)
    {
        var count = array.GetArrayLength();
        if (count > field.Limit) throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{field.Name} holds {count} items; at most {field.Limit} are taken in one call."));
        var texts = new List<string>(count);
        foreach (var text in array.EnumerateArray())
        {
            texts.Add(text.ValueKind == JsonValueKind.String ? Checked(field, text.GetString()!, of) : throw Wrong(field, "an array of texts", of));
        }
        return texts;
    }

    private static Dictionary<string, object?> Values(ApiField field, JsonElement value, int item)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in value.EnumerateObject())
        {
            values[Checked(field, property.Name, item)] = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => Checked(field, property.Value.GetString()!, item),
                JsonValueKind.True or JsonValueKind.False => property.Value.GetBoolean(),
                JsonValueKind.Number when property.Value.TryGetDecimal(out var number) => number,
                _ => throw Wrong(field, "an object of plain values", item),
            };
        }
        return values.Count <= field.Limit ? values : throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{field.Name} holds {values.Count} values; at most {field.Limit} are taken{In(item)}."));
    }

    // PostgreSQL takes no NUL in a text.
    private static string Checked(ApiField field, string text, int item)
    {
        if (text.Length > field.MaxLength) throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{field.Name} is longer than {field.MaxLength} characters{In(item)}."));
        if (text.Contains('\0', StringComparison.Ordinal)) throw new RefusedException($"{field.Name} holds a character that cannot be kept{In(item)}.");
        if (field.Required && string.IsNullOrWhiteSpace(text)) throw new RefusedException($"{field.Name} is empty{In(item)}.");
        return text;
    }

    private static RefusedException Wrong(ApiField field, string expected, int item) => new($"{field.Name} must be {expected}{In(item)}.");

    private static string In(int item) => item == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" in item {item}");
}
