namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Which addresses are the API's: a generation's prefix or a group's name first, in any case; a client's slug is never one of them.</summary>
internal static class ApiPath
{
    private static readonly HashSet<string> Versions = new(StringComparer.OrdinalIgnoreCase) { "current", "v1.6", "v3.0", "v3", "v4" };
    private static readonly HashSet<string> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        "general", "integrations", "customers", "actions", "groups", "segments", "model", "apikey", "triggers", "events", "optimail", "transactionalmail",
    };

    /// <returns>The segments after the generation, group first; null where the address is not the API's.</returns>
    public static IReadOnlyList<string>? Read(PathString path)
    {
        var segments = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0) return null;
        if (Versions.Contains(segments[0])) return segments[1..];
        return Groups.Contains(segments[0]) ? segments : null;
    }
}
