using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>A whole answer: status, type and bytes of known length. A refusal always has a body; a write that worked has none.</summary>
public sealed class ApiAnswer : IDisposable
{
    private const string JsonType = "application/json";
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly AnswerBuffer _body = new();

    public int Status { get; private init; } = StatusCodes.Status200OK;
    public string? ContentType { get; private init; }
    /// <summary>What was wrong, for the call log; null where nothing was.</summary>
    public string? Error { get; private init; }
    /// <summary>After how many seconds a call may be made again.</summary>
    public int? RetryAfter { get; private init; }
    public long Length => _body.Length;

    /// <summary>200 without a body: a write that worked.</summary>
    public static ApiAnswer Done() => new();

    /// <summary>200 with a value in the names that its type has.</summary>
    public static ApiAnswer Json<T>(T value) => Written(200, null, null, json => JsonSerializer.Serialize(json, value, Options));

    /// <summary>200 with what is written to the array, as it is read: for lists too long to hold as objects.</summary>
    public static async Task<ApiAnswer> RowsAsync(Func<Utf8JsonWriter, Task> write)
    {
        var answer = new ApiAnswer { ContentType = JsonType };
        await using var json = new Utf8JsonWriter(answer._body, new() { Encoder = Options.Encoder });
        json.WriteStartArray();
        await write(json);
        json.WriteEndArray();
        return answer;
    }

    /// <summary>A refusal as JSON: status, error and a sentence.</summary>
    public static ApiAnswer Refused(int status, string sentence, int? retryAfter = null) => Written(status, sentence, retryAfter, json =>
        JsonSerializer.Serialize(json, new { status, error = ReasonPhrases.GetReasonPhrase(status), message = sentence }, Options));

    /// <summary>A refusal as bare text, where clients compare it.</summary>
    public static ApiAnswer Plain(int status, string text)
    {
        var answer = new ApiAnswer { Status = status, ContentType = "text/plain; charset=utf-8", Error = text };
        Encoding.UTF8.GetBytes(text, answer._body);
        return answer;
    }

    /// <summary>A single thing that was asked for and does not exist.</summary>
    public static ApiAnswer NotFound(string sentence) => Refused(StatusCodes.Status404NotFound, sentence);

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        (response.StatusCode, response.ContentType, response.ContentLength) = (Status, ContentType, Length);
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Length > 0) await _body.CopyToAsync(response.Body, cancellation);
    }

    public void Dispose() => _body.Dispose();

    private static ApiAnswer Written(int status, string? error, int? retryAfter, Action<Utf8JsonWriter> write)
    {
        var answer = new ApiAnswer { Status = status, ContentType = JsonType, Error = error, RetryAfter = retryAfter };
        using var json = new Utf8JsonWriter(answer._body, new() { Encoder = Options.Encoder });
        write(json);
        return answer;
    }
}
