using System.Text.Json;

namespace Optimove.Portal.Twins.Wire;

/// <summary>
/// A request's JSON object, read by dotted path. A field of the wrong kind reads as absent and is remembered in <see cref="Errors"/>:
/// a string where an integer belongs is an error, as it is at the provider.
/// </summary>
public sealed class Body
{
    private readonly JsonElement _root;
    private readonly List<FieldError> _errors = [];

    private Body(JsonElement root) => _root = root;

    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>Null when the bytes are not one JSON object.</summary>
    public static Body? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new Body(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Refuse(string field, string message) => _errors.Add(new FieldError(field, message));

    public bool Has(string path) => Find(path) is { ValueKind: not JsonValueKind.Null };

    public string? Text(string path) => Read(path, JsonValueKind.String, "string")?.GetString();

    public int? Integer(string path)
    {
        if (Read(path, JsonValueKind.Number, "integer") is not { } number) return null;
        if (number.TryGetInt32(out var value)) return value;
        Refuse(path, "Schema describes integer, number found instead");
        return null;
    }

    public IReadOnlyList<string>? Texts(string path)
    {
        if (Read(path, JsonValueKind.Array, "array") is not { } array) return null;
        var texts = new List<string>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else Refuse($"{path}.{texts.Count}", $"Schema describes string, {NameOf(item)} found instead");
        }
        return texts;
    }

    private JsonElement? Read(string path, JsonValueKind kind, string expected)
    {
        if (Find(path) is not { ValueKind: not JsonValueKind.Null } element) return null;
        if (element.ValueKind == kind) return element;
        Refuse(path, $"Schema describes {expected}, {NameOf(element)} found instead");
        return null;
    }

    private JsonElement? Find(string path)
    {
        var current = _root;
        foreach (var name in path.Split('.'))
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current)) return null;
        return current;
    }

    private static string NameOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
