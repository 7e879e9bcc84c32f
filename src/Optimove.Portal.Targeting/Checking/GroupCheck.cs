namespace Optimove.Portal.Targeting.Checking;

/// <summary>Follows a rule into the groups that it uses: they exist, are sound, never come back to themselves, and stay small together.</summary>
internal sealed class GroupCheck(Catalogue catalogue, int? groupId)
{
    private readonly Dictionary<int, GroupSize> _known = [];
    private readonly HashSet<int> _open = groupId is { } id ? [id] : [];

    public IReadOnlyList<Problem> Run(Rule rule)
    {
        var problems = new List<Problem>();
        var size = Conditions(rule, "", problems);
        if (problems.Count == 0 && size > RuleLimits.ConditionsWithGroups)
            problems.Add(new("", $"With the target groups it uses this one has {size} conditions; it can have {RuleLimits.ConditionsWithGroups}."));
        return problems;
    }

    private long Conditions(Rule rule, string path, List<Problem> problems)
    {
        if (rule is GroupRule group)
        {
            var size = Size(group.GroupId);
            if (size.Problem is { } sentence) problems.Add(new(path, sentence));
            else if (size.Nesting > RuleLimits.GroupNesting)
                problems.Add(new(path, $"Target groups can use each other {RuleLimits.GroupNesting} deep; this is deeper."));
            return size.Conditions;
        }
        long sum = rule.Children.Count == 0 ? 1 : 0;
        for (var i = 0; i < rule.Children.Count; i++)
            sum += Conditions(rule.Children[i], path.Length == 0 ? $"{i}" : $"{path}/{i}", problems);
        return sum;
    }

    private GroupSize Size(int id)
    {
        if (_known.TryGetValue(id, out var known)) return known;
        if (catalogue.Group(id) is not { } group) return new(0, 1, "It uses a target group that no longer exists.");
        if (!_open.Add(id)) return new(0, 1, $"{group.Name} leads back to itself through the target groups it uses.");
        var size = Inner(group);
        _open.Remove(id);
        return _known[id] = size;
    }

    private GroupSize Inner(KnownGroup group)
    {
        if (new RuleCheck(catalogue, group.Id).Run(group.Rule) is [var first, ..])
            return new(0, 1, $"{group.Name} needs repair first: {first.Sentence}");
        long conditions = 0;
        var nesting = 0;
        foreach (var leaf in Leaves(group.Rule))
        {
            var size = leaf is GroupRule inner ? Size(inner.GroupId) : new GroupSize(1, 0, null);
            if (size.Problem is not null) return size;
            conditions = Math.Min(conditions + size.Conditions, int.MaxValue);
            nesting = Math.Max(nesting, size.Nesting);
        }
        return new(conditions, nesting + 1, null);
    }

    private static IEnumerable<Rule> Leaves(Rule rule) => rule.Children.Count == 0 ? [rule] : rule.Children.SelectMany(Leaves);

    private readonly record struct GroupSize(long Conditions, int Nesting, string? Problem);
}
