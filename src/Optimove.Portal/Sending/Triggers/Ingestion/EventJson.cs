using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>An event's parameters as they are kept: one line of JSON in the definition's spelling and order. Times have no fractions of a second.</summary>
internal static class EventJson
{
    private const string Time = "yyyy-MM-dd HH:mm:ss";
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="facts">Values by field; what is null is left out.</param>
    public static string Write(KnownEvent kind, IReadOnlyDictionary<string, object?> facts)
    {
        if (facts.Count == 0) return "{}";
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            foreach (var parameter in kind.Parameters.Values)
            {
                if (facts.TryGetValue(parameter.Field, out var value) && value is not null) Write(json, parameter.Name, value);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <returns>Values by field, as conditions read them. A parameter that is no longer defined, or is of another type now, is left out.</returns>
    public static Dictionary<string, object?> Read(KnownEvent kind, string json)
    {
        var facts = new Dictionary<string, object?>(kind.Parameters.Count);
        using var document = JsonDocument.Parse(json);
        foreach (var told in document.RootElement.EnumerateObject())
        {
            if (kind.Parameters.TryGetValue(told.Name, out var parameter) && Value(parameter.Type, told.Value) is { } value) facts[parameter.Field] = value;
        }
        return facts;
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case int number: json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            case bool yes: json.WriteBoolean(name, yes); break;
            case DateTime at: json.WriteString(name, at.ToString(Time, CultureInfo.InvariantCulture)); break;
        }
    }

    private static object? Value(AttributeType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (AttributeType.Text, JsonValueKind.String) => value.GetString(),
        (AttributeType.Integer, JsonValueKind.Number) => value.TryGetInt32(out var number) ? number : null,
        (AttributeType.Decimal, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : null,
        (AttributeType.Boolean, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (AttributeType.Timestamp, JsonValueKind.String) => DateTime.TryParseExact(value.GetString(), Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null,
        _ => null,
    };
}
