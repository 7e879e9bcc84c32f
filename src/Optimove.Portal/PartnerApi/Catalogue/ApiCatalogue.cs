using Optimove.Portal.PartnerApi.Functions;
using Optimove.Portal.PartnerApi.Functions.Campaigns;

namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>Every function of the API. A function that is added to its group's list is routed, checked, documented and tested from there.</summary>
public static class ApiCatalogue
{
    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        .. GeneralFunctions.All, .. ListenerFunctions.All, .. TemplateFunctions.All, .. AppFunctions.All, .. PromotionFunctions.All, .. PreferenceFunctions.All, .. MetricFunctions.All,
        .. SendDetailFunctions.All, .. CustomerFunctions.All, .. AttributeFunctions.All, .. ActionFunctions.All, .. GroupFunctions.All, .. ModelFunctions.All, .. SegmentFunctions.All, .. ChangerFunctions.All,
        .. EventFunctions.All,
    ];

    private static readonly Dictionary<string, List<ApiFunction>> ByPath = All
        .SelectMany(f => f.Aliases.Prepend(f.Path).Select(path => (Path: path.ToUpperInvariant(), Function: f)))
        .GroupBy(p => p.Path, p => p.Function).ToDictionary(g => g.Key, g => g.ToList());

    private static readonly List<(string[] Pattern, ApiFunction Function)> WithParameters =
        [.. All.Where(f => f.Name.Contains('{', StringComparison.Ordinal)).Select(f => (f.Path.Split('/'), f))];

    /// <summary>The function at these segments (group first, without a version) for this verb; null means 405.</summary>
    /// <param name="parameters">What the segments in braces held.</param>
    public static ApiFunction? Find(string verb, IReadOnlyList<string> segments, out IReadOnlyDictionary<string, string> parameters)
    {
        parameters = new Dictionary<string, string>();
        if (ByPath.TryGetValue(string.Join('/', segments).ToUpperInvariant(), out var functions) && functions.Find(f => f.Verb == verb) is { } exact) return exact;
        foreach (var (pattern, function) in WithParameters.Where(p => p.Function.Verb == verb && p.Pattern.Length == segments.Count))
        {
            var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (!pattern.Zip(segments).All(p => Matches(p.First, p.Second, found))) continue;
            parameters = found;
            return function;
        }
        return null;
    }

    private static bool Matches(string pattern, string segment, Dictionary<string, string> found)
    {
        if (pattern is not ['{', .., '}']) return pattern.Equals(segment, StringComparison.OrdinalIgnoreCase);
        found[pattern[1..^1]] = segment;
        return true;
    }
}
