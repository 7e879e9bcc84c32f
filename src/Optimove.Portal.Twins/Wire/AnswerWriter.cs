using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Twins.Wire;

/// <summary>Puts an answer on the wire, with the fields that the call chose.</summary>
internal static class AnswerWriter
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions SerializerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SendAsync(HttpContext http, Call call, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait) http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (!answer.HasBody) return;
        http.Response.ContentType = answer.ContentType;
        using (var writer = new Utf8JsonWriter(http.Response.BodyWriter, WriterOptions))
            Write(writer, answer, answer.Status < 300 ? FieldChoice.Of(call) : null);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, Answer answer, FieldChoice? choice)
    {
        if (choice is not null)
        {
            var chosen = answer.Value is null ? Rewritten(answer.Write!) : JsonSerializer.SerializeToNode(answer.Value, SerializerOptions);
            choice.Apply(chosen);
            chosen!.WriteTo(writer);
        }
        else if (answer.Value is not null) JsonSerializer.Serialize(writer, answer.Value, SerializerOptions);
        else answer.Write!(writer);
    }

    private static JsonNode? Rewritten(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, WriterOptions)) write(writer);
        return JsonNode.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
