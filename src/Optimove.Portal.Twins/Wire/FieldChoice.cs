using System.Text.Json.Nodes;

namespace Optimove.Portal.Twins.Wire;

/// <summary>Applies <c>fields</c> and <c>exclude_fields</c>: comma lists of dotted paths, where an array is transparent to a path.</summary>
public sealed class FieldChoice
{
    private readonly string[]? _only;
    private readonly string[] _without;

    private FieldChoice(string[]? only, string[] without) => (_only, _without) = (only, without);

    /// <summary>Null when the call chooses nothing.</summary>
    public static FieldChoice? Of(Call call)
    {
        var only = Split(call.Query("fields"));
        var without = Split(call.Query("exclude_fields"));
        return only is null && without is null ? null : new FieldChoice(only, without ?? []);
    }

    private static string[]? Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Apply(JsonNode? root) => Prune(root, "");

    private void Prune(JsonNode? node, string path)
    {
        if (node is JsonArray array)
            foreach (var item in array) Prune(item, path);
        if (node is not JsonObject fields) return;
        foreach (var name in fields.Select(f => f.Key).ToArray())
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (Keeps(here)) Prune(fields[name], here);
            else fields.Remove(name);
        }
    }

    private bool Keeps(string path) =>
        (_only is null || _only.Any(o => path == o || IsInside(path, o) || IsInside(o, path))) && !_without.Contains(path);

    private static bool IsInside(string path, string outer) => path.Length > outer.Length && path.StartsWith(outer, StringComparison.Ordinal) && path[outer.Length] == '.';
}
