using System.Globalization;
using System.Text.Json;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Transport.ValueReading;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Turns JSON into values of the declared types in one pass over its bytes; what does not fit is refused with the name of the field.</summary>
internal ref struct JsonReading
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };
    private const int Small = 16 * 1024;
    private readonly RepeatedTexts? _texts;
    private Utf8JsonReader _json;

    private JsonReading(ReadOnlySpan<byte> utf8)
    {
        _json = new(utf8, Options);
        _texts = utf8.Length > Small ? new() : null;
    }

    /// <returns>The objects of a body: one where it is no array.</returns>
    /// <exception cref="JsonException">It is not sound.</exception>
    /// <exception cref="RefusedException">A required value is missing, one is not of its type, or there are more than the limit.</exception>
    public static IReadOnlyList<ApiValues> Read(ApiBody declared, ReadOnlySpan<byte> utf8)
    {
        var reading = new JsonReading(utf8);
        try
        {
            reading._json.Read();
            return declared.IsList ? reading.ReadList(declared) : [reading.ReadObject(declared.Fields, 0)];
        }
        finally
        {
            // Throws where the rest is not sound, which is told rather than what the values lack.
            while (reading._json.Read()) { }
        }
    }

    private List<ApiValues> ReadList(ApiBody declared)
    {
        if (!declared.MayNest || _json.TokenType != JsonTokenType.StartArray) return ReadArray(declared.Fields, declared.Limit, "The body");
        var inner = _json;
        inner.Read();
        if (inner.TokenType != JsonTokenType.StartArray) return ReadArray(declared.Fields, declared.Limit, "The body");
        _json = inner;
        var items = ReadArray(declared.Fields, declared.Limit, "The body");
        return _json.Read() && _json.TokenType == JsonTokenType.EndArray ? items : throw NoObject(1);
    }

    /// <param name="item">Which item of a list this is, from 1; 0 where it is none.</param>
    private ApiValues ReadObject(IReadOnlyList<ApiField> fields, int item)
    {
        if (_json.TokenType != JsonTokenType.StartObject) throw NoObject(item);
        var values = new object?[fields.Count];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            var place = Place(fields);
            _json.Read();
            if (place < 0 || _json.TokenType == JsonTokenType.Null) _json.Skip();
            else values[place] = ReadValue(fields[place], item);
        }
        for (var i = 0; i < fields.Count; i++) values[i] ??= Missing(fields[i], item);
        return new(fields, values);
    }

    // Nearly all names are spelt as they are declared, and comparing those makes no text of them.
    private readonly int Place(IReadOnlyList<ApiField> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (_json.ValueTextEquals(fields[i].Utf8Name)) return i;
        }
        var name = _json.GetString()!;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].IsCalled(name)) return i;
        }
        return -1;
    }

    private List<ApiValues> ReadArray(IReadOnlyList<ApiField> fields, int limit, string what)
    {
        if (_json.TokenType != JsonTokenType.StartArray) throw new RefusedException($"{what} must be a JSON array.");
        var (items, count) = (new List<ApiValues>(), 0);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (++count <= limit) items.Add(ReadObject(fields, count));
            else _json.Skip();
        }
        return count <= limit ? items : throw TooMany(what, count, limit);
    }

    private object ReadValue(ApiField field, int item) => (field.Type, _json.TokenType) switch
    {
        (ApiType.Integer or ApiType.Channel, JsonTokenType.Number) when _json.TryGetInt32(out var number) => number,
        (ApiType.Integer or ApiType.Channel, _) => throw Wrong(field, "a whole number", item),
        (ApiType.Long, JsonTokenType.Number) when _json.TryGetInt64(out var number) => number,
        (ApiType.Long, _) => throw Wrong(field, "a whole number", item),
        (ApiType.Text or ApiType.TextOrNumber, JsonTokenType.String) => Checked(field, ReadText(), item),
        (ApiType.TextOrNumber, JsonTokenType.Number) when _json.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        (ApiType.Text or ApiType.TextOrNumber, _) => throw Wrong(field, "a text", item),
        (ApiType.Date, JsonTokenType.String) => FromText(field, ReadText()),
        (ApiType.Boolean, JsonTokenType.True or JsonTokenType.False) => _json.GetBoolean(),
        (ApiType.Texts, JsonTokenType.StartArray) => ReadTexts(field, item),
        (ApiType.List, JsonTokenType.StartArray) => ReadArray(field.Fields, field.Limit, field.Name),
        (ApiType.Values, JsonTokenType.StartObject) => ReadValues(field, item),
        (ApiType.Values, _) => throw Wrong(field, "a JSON object", item),
        (ApiType.Texts or ApiType.List, _) => throw Wrong(field, "a JSON array", item),
        _ => throw Wrong(field, "of another type", item),
    };

    private List<string> ReadTexts(ApiField field, int of)
    {
        var (texts, count) = (new List<string>(), 0);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (++count > field.Limit) _json.Skip();
            else texts.Add(_json.TokenType == JsonTokenType.String ? Checked(field, ReadText(), of) : throw Wrong(field, "an array of texts", of));
        }
        return count <= field.Limit ? texts : throw TooMany(field.Name, count, field.Limit);
    }

    private Dictionary<string, object?> ReadValues(ApiField field, int item)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            var name = Checked(field, ReadText(), item);
            _json.Read();
            values[name] = _json.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => Checked(field, ReadText(), item),
                JsonTokenType.True or JsonTokenType.False => _json.GetBoolean(),
                JsonTokenType.Number when _json.TryGetDecimal(out var number) => number,
                _ => throw Wrong(field, "an object of plain values", item),
            };
        }
        return values.Count <= field.Limit ? values : throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{field.Name} holds {values.Count} values; at most {field.Limit} are taken{In(item)}."));
    }

    private readonly string ReadText() => _texts?.Read(in _json) ?? _json.GetString()!;

    private static RefusedException NoObject(int item) => new($"A JSON object is expected{In(item)}.");

    private static RefusedException TooMany(string what, int count, int limit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} holds {count} items; at most {limit} are taken in one call."));

    /// <summary>In a long body the same few names and values stand thousands of times; one text serves all of them.</summary>
    private sealed class RepeatedTexts
    {
        private const int Longest = 32;
        private readonly string?[] _kept = new string?[256];

        public string Read(in Utf8JsonReader json)
        {
            var bytes = json.ValueSpan;
            if (bytes.IsEmpty || bytes.Length > Longest) return json.GetString()!;
            ref var kept = ref _kept[(bytes.Length * 31 + bytes[0] * 7 + bytes[bytes.Length / 2] * 5 + bytes[^1] * 13) % _kept.Length];
            return kept is not null && json.ValueTextEquals(kept) ? kept : kept = json.GetString()!;
        }
    }
}
