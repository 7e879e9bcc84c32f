using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

/// <summary>A rule as the builder draws it: lines that all hold, each a condition or a group of lines, some of them turned round.</summary>
internal static class RuleShape
{
    /// <summary>How many levels of lines can be edited; deeper ones, made by other means, are shown in words.</summary>
    public const int Depth = 3;

    public static All Lines(Rule rule) => rule as All ?? new All([rule]);

    /// <summary>What a line is about without the nots around it, whether they turn it round, and how many they are.</summary>
    public static (Rule Inner, bool Negated, int Nots) Unwrapped(Rule line)
    {
        var nots = 0;
        for (; line is Not not; line = not.Rule) nots++;
        return (line, nots % 2 == 1, nots);
    }

    public static Rule Wrapped(Rule inner, bool negated) => negated ? new Not(inner) : inner;

    public static Rule WithLines(Rule group, Items<Rule> lines) => group is Any ? new Any(lines) : new All(lines);

    /// <summary>The path of a child as problems name it.</summary>
    public static string Below(string path, int place) => path.Length == 0 ? $"{place}" : $"{path}/{place}";

    public static Items<Rule> Replaced(IReadOnlyList<Rule> lines, int place, Rule line) => [.. lines.Select((l, i) => i == place ? line : l)];

    public static Items<Rule> Without(IReadOnlyList<Rule> lines, int place) => [.. lines.Where((_, i) => i != place)];
}
