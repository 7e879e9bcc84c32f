using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Targeting;

/// <summary>What an attribute or a measure is compared with. In JSON: "text", 12.5, {"date":"2026-02-03"} or {"daysFromDataDate":-30}.</summary>
[JsonConverter(typeof(ValueConverter<Value>))]
public abstract record Value
{
    /// <summary>A text.</summary>
    public static implicit operator Value(string text) => new TextValue(text);

    /// <summary>A number.</summary>
    public static implicit operator Value(decimal number) => new NumberValue(number);

    /// <summary>A whole number.</summary>
    public static implicit operator Value(int number) => new NumberValue(number);

    /// <summary>A fixed day.</summary>
    public static implicit operator Value(DateOnly day) => new FixedDay(day);
}

/// <summary>A text, compared to the letter.</summary>
public sealed record TextValue(string Text) : Value;

/// <summary>A number; also a number of days.</summary>
public sealed record NumberValue(decimal Number) : Value;

/// <summary>A day, fixed or counted from the data date.</summary>
[JsonConverter(typeof(ValueConverter<DayValue>))]
public abstract record DayValue : Value
{
    /// <summary>The day that is meant when the data is of <paramref name="dataDate"/>.</summary>
    public abstract DateOnly On(DateOnly dataDate);
}

/// <summary>The same day whatever the data date.</summary>
public sealed record FixedDay(DateOnly Date) : DayValue
{
    /// <inheritdoc />
    public override DateOnly On(DateOnly dataDate) => Date;
}

/// <summary>So many days after the data date; negative: before it.</summary>
public sealed record RelativeDay(int Days) : DayValue
{
    /// <inheritdoc />
    public override DateOnly On(DateOnly dataDate) => dataDate.AddDays(Days);
}

internal sealed class ValueConverter<T> : JsonConverter<T> where T : Value
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Value? value = reader.TokenType switch
        {
            JsonTokenType.String => new TextValue(reader.GetString()!),
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => new NumberValue(number),
            JsonTokenType.StartObject => Day(ref reader),
            _ => null,
        };
        return value as T ?? throw new JsonException("A rule holds a value that is no text, number or day.");
    }

    private static DayValue? Day(ref Utf8JsonReader reader)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.TryGetProperty("date", out var date)
            && DateOnly.TryParseExact(date.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new FixedDay(day);
        return json.RootElement.TryGetProperty("daysFromDataDate", out var days) && days.ValueKind == JsonValueKind.Number
            && days.TryGetInt32(out var count)
            ? new RelativeDay(count)
            : null;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        switch ((Value)value)
        {
            case TextValue text:
                writer.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            case FixedDay day:
                writer.WriteStartObject();
                writer.WriteString("date", day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteEndObject();
                break;
            case RelativeDay day:
                writer.WriteStartObject();
                writer.WriteNumber("daysFromDataDate", day.Days);
                writer.WriteEndObject();
                break;
        }
    }
}
