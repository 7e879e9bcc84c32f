using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Optimove.Portal.Shell.Operations;

/// <summary>
/// One JSON object a line: time (UTC), level, category, message, the message's and the scopes' named values (tenant, occurrence, job),
/// trace and exception. No e-mail address and no secret gets through (<see cref="Masking"/>).
/// </summary>
internal sealed class JsonLines() : ConsoleFormatter(Format)
{
    public const string Format = "portal-json";
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            // A log tells when a line was written, whatever the portal's clock says.
            json.WriteString("time", TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", Masking.Mask(message));
            foreach (var (name, value) in NamedValues(logEntry.State, scopeProvider)) Write(json, name, value);
            if (logEntry.Exception is { } exception) json.WriteString("exception", Masking.Mask(exception.ToString()));
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    // The innermost scope wins over the outer ones, and the message over all; a name appears once.
    private static Dictionary<string, object?> NamedValues<TState>(TState state, IExternalScopeProvider? scopes)
    {
        var values = new Dictionary<string, object?>();
        scopes?.ForEachScope(static (scope, into) => Add(scope, into), values);
        Add(state, values);
        return values;
    }

    private static void Add(object? source, Dictionary<string, object?> into)
    {
        if (source is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            // A dictionary of plain objects differs from one of nullable objects in name only.
            if (source is IEnumerable<KeyValuePair<string, object>> plain) pairs = plain!;
            else return;
        }
        foreach (var (name, value) in pairs)
            if (name.Length > 0 && name[0] != '{') into[char.ToLowerInvariant(name[0]) + name[1..]] = value;
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        if (name is "time" or "level" or "category" or "message" or "exception") name += "_";
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            default: json.WriteString(name, Masking.Mask(Masking.IsSecret(name) ? "(secret)" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")); break;
        }
    }
}
