using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.TargetGroups.Counts;

/// <summary>The lines of a rule that can be counted while others are still being written.</summary>
/// <param name="Lines">Where each line of <paramref name="Rule"/> stands in the whole rule.</param>
public sealed record SoundPart(All Rule, IReadOnlyList<int> Lines)
{
    /// <returns>Null where even the finished lines cannot be counted together.</returns>
    public static SoundPart? Of(All rule, Catalogue catalogue, int? groupId)
    {
        var lines = Enumerable.Range(0, rule.Rules.Count).Where(i => RuleChecker.Check(new All([rule.Rules[i]]), catalogue, groupId).Count == 0).ToList();
        var sound = new All([.. lines.Select(i => rule.Rules[i])]);
        return RuleChecker.Check(sound, catalogue, groupId).Count == 0 ? new(sound, lines) : null;
    }
}
