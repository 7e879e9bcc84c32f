using System.Text.Json;

namespace Optimove.Portal.Twins.Wire;

/// <summary>One field that a request got wrong; an empty field means the request as a whole.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>What a twin will answer. Built before a byte is written, so that the answer can be lost after the effect took place.</summary>
public sealed class Answer
{
    private Answer(int status) => Status = status;

    public int Status { get; }
    public string ContentType { get; private init; } = "application/json; charset=utf-8";
    /// <summary>An object that serialises to the body; null when <see cref="Write"/> or nothing makes it.</summary>
    public object? Value { get; private init; }
    public Action<Utf8JsonWriter>? Write { get; private init; }

    /// <summary>The wait that the answer asks for; goes out in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public bool HasBody => Value is not null || Write is not null;

    public static Answer Ok(object value) => new(200) { Value = value };
    public static Answer Ok(Action<Utf8JsonWriter> write) => new(200) { Write = write };
    public static Answer Json(int status, object value, TimeSpan? retryAfter = null) => new(status) { Value = value, RetryAfter = retryAfter };
    public static Answer NoContent { get; } = new(204);

    /// <summary>A status without a body.</summary>
    public static Answer Bare(int status) => new(status);

    public static Answer Problem(int status, string title, string detail, IReadOnlyList<FieldError>? errors = null) => new(status)
    {
        ContentType = "application/problem+json; charset=utf-8",
        Write = json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "https://mailchimp.com/developer/marketing/docs/errors/");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("instance", Guid.NewGuid().ToString());
            if (errors is { Count: > 0 }) WriteErrors(json, errors);
            json.WriteEndObject();
        },
    };

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<FieldError> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("field", error.Field);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static Answer Invalid(IReadOnlyList<FieldError> errors) =>
        Problem(400, "Invalid Resource", "The resource submitted could not be validated. For field-specific details, see the 'errors' array.", errors);

    public static Answer Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    public static Answer BadRequest(string detail) => Problem(400, "Bad Request", detail);

    public static Answer NotFound { get; } = Problem(404, "Resource Not Found", "The requested resource could not be found.");
}
