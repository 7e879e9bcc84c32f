using System.Text.Json.Nodes;
using Optimove.Portal.PartnerApi.Catalogue;

namespace Optimove.Portal.PartnerApi.Documents;

/// <summary>The API as an OpenAPI 3.0 document, made from the catalogue. Names are matched without regard to case, which the format cannot say.</summary>
internal static class OpenApiDocument
{
    public const string Address = "/openapi/partner-api.json";
    private static readonly byte[] Bytes = System.Text.Encoding.UTF8.GetBytes(Make(ApiCatalogue.All).ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, () => Results.Bytes(Bytes, "application/json")).AllowAnonymous();

    public static JsonObject Make(IReadOnlyList<ApiFunction> functions)
    {
        var paths = new JsonObject();
        foreach (var byPath in functions.GroupBy(f => f.Path))
        {
            var path = new JsonObject();
            foreach (var function in byPath) path[function.Verb.ToLowerInvariant()] = Operation(function);
            paths["/current/" + byPath.Key] = path;
        }
        return new()
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "Optimove.Portal partner and client API", ["version"] = "1", ["description"] = "The first segment may be current, v1.6, v3.0, v3, v4 or left out. Paths, queries and JSON names are matched without regard to case." },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["securitySchemes"] = new JsonObject { ["key"] = Header("X-API-KEY"), ["token"] = Header("Authorization-Token") } },
        };
    }

    private static JsonObject Header(string name) => new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = name };

    private static JsonObject Operation(ApiFunction function)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(function.Group), ["operationId"] = $"{function.Verb} {function.Path}", ["summary"] = function.Summary,
            ["description"] = function.Callers switch
            {
                ApiCallers.Anybody => "Needs no key.",
                ApiCallers.Clients => "For client keys.",
                _ => "For client keys and partner keys.",
            } + (function.Aliases.Count == 0 ? "" : $" Also at {string.Join(", ", function.Aliases)}."),
            ["parameters"] = new JsonArray([.. function.Query.Select(f => Parameter(function, f))]),
            ["responses"] = Responses(function),
        };
        if (function.Body is { } body)
        {
            var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(body) } };
            if (function.TakesForm) content["application/x-www-form-urlencoded"] = new JsonObject { ["schema"] = Schema(body) };
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = content };
        }
        if (function.Callers != ApiCallers.Anybody) operation["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["token"] = new JsonArray() });
        return operation;
    }

    private static JsonObject Responses(ApiFunction function)
    {
        var well = new JsonObject { ["description"] = function.Answer is null && function.Callers != ApiCallers.Anybody ? "Done; no body." : "OK" };
        if (function.Answer is { } answer) well["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(answer) } };
        else if (function.Callers == ApiCallers.Anybody) well["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };
        var responses = new JsonObject { ["200"] = well };
        foreach (var (status, meaning) in new[] { ("400", "Something sent is missing, malformed or over a limit."), ("401", "Neither token nor key, or a wrong password."), ("403", "Unknown or expired token or key, or not allowed."), ("429", "Too many calls.") })
        {
            responses[status] = new JsonObject { ["description"] = meaning };
        }
        return responses;
    }

    private static JsonObject Parameter(ApiFunction function, ApiField field)
    {
        var inPath = function.Name.Contains($"{{{field.Name}}}", StringComparison.OrdinalIgnoreCase);
        return new() { ["name"] = field.Name, ["in"] = inPath ? "path" : "query", ["required"] = inPath || field.Required, ["schema"] = Schema(field) };
    }

    private static JsonObject Schema(ApiBody body)
    {
        var item = Schema(body.Fields);
        if (!body.IsList) return item;
        var list = new JsonObject { ["type"] = "array", ["items"] = item };
        if (body.Limit < int.MaxValue) list["maxItems"] = body.Limit;
        return list;
    }

    private static JsonObject Schema(IReadOnlyList<ApiField> fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields) properties[field.Name] = Schema(field);
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (fields.Any(f => f.Required)) schema["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => (JsonNode)f.Name)]);
        return schema;
    }

    private static JsonObject Schema(ApiField field) => field.Type switch
    {
        ApiType.Integer or ApiType.Channel => new() { ["type"] = "integer", ["format"] = "int32" },
        ApiType.Long => new() { ["type"] = "integer", ["format"] = "int64" },
        ApiType.Date => new() { ["type"] = "string", ["format"] = "date" },
        ApiType.Boolean => new() { ["type"] = "boolean" },
        ApiType.TextOrNumber => new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["maxLength"] = field.MaxLength }, new JsonObject { ["type"] = "integer", ["format"] = "int64" }) },
        ApiType.Texts => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        ApiType.Integers => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "integer", ["format"] = "int32" } },
        ApiType.Values => new() { ["type"] = "object", ["additionalProperties"] = true, ["maxProperties"] = field.Limit },
        ApiType.List => new() { ["type"] = "array", ["items"] = Schema(field.Fields), ["maxItems"] = field.Limit },
        _ => new() { ["type"] = "string", ["maxLength"] = field.MaxLength },
    };
}
