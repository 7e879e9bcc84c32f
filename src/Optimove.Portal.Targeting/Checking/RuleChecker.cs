using System.Text.RegularExpressions;
using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.Targeting.Checking;

/// <summary>Says what is wrong with a rule. A rule without problems compiles, runs, and means the same in memory and in the database.</summary>
public static class RuleChecker
{
    /// <summary>The problems, in the order of the tree.</summary>
    /// <param name="groupId">The group whose rule it is or will be; null for a new one. The rule may not come back to it.</param>
    public static IReadOnlyList<Problem> Check(Rule rule, Catalogue catalogue, int? groupId = null)
    {
        var problems = new RuleCheck(catalogue, groupId).Run(rule);
        return problems.Count > 0 ? problems : new GroupCheck(catalogue, groupId).Run(rule);
    }
}

/// <summary>Checks one tree, without looking into the groups that it names.</summary>
internal sealed partial class RuleCheck(Catalogue catalogue, int? groupId)
{
    private readonly List<Problem> _problems = [];
    private int _conditions;

    public IReadOnlyList<Problem> Run(Rule rule)
    {
        // Everybody is a target group too, so only the root may be an All without conditions.
        if (rule is not All { Rules.Count: 0 }) Walk(rule, "", 1);
        if (_conditions > RuleLimits.Conditions)
            Add("", $"A target group can have {RuleLimits.Conditions} conditions; this one has {_conditions}.");
        return _problems;
    }

    private void Add(string path, string sentence) => _problems.Add(new(path, sentence));

    private void Walk(Rule rule, string path, int level)
    {
        if (level > RuleLimits.Depth)
        {
            Add(path, $"Conditions can be nested {RuleLimits.Depth} levels deep; this one is deeper.");
            return;
        }
        if (rule is All { Rules.Count: 0 } or Any { Rules.Count: 0 })
            Add(path, "Add a condition here, or remove the empty group.");
        else if (rule.Children.Count == 0)
            Condition(rule, path);
        for (var i = 0; i < rule.Children.Count; i++)
            Walk(rule.Children[i], path.Length == 0 ? $"{i}" : $"{path}/{i}", level + 1);
    }

    private void Condition(Rule rule, string path)
    {
        _conditions++;
        var sentence = rule switch
        {
            AttributeRule attribute => Attribute(attribute),
            TransactionRule bought => ValueCheck.Period(bought.Period) ?? Transactions(bought),
            PreferenceRule preference => ChannelKey().IsMatch(preference.Channel) ? null : "Choose a channel.",
            GroupRule group => Group(group),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
        if (sentence is not null) Add(path, sentence);
    }

    private string? Attribute(AttributeRule rule)
    {
        if (rule.Field.Length == 0) return "Choose an attribute.";
        if (catalogue.Attribute(rule.Field) is not { } attribute) return $"There is no attribute \"{rule.Field}\" any more.";
        return new ValueCheck(attribute).Problem(rule.Operator, rule.Values, Operators.For(attribute.Type));
    }

    private static string? Transactions(TransactionRule rule)
    {
        var type = rule.Measure switch
        {
            Measure.Count => AttributeType.Integer,
            Measure.Sum or Measure.Average => AttributeType.Decimal,
            _ => AttributeType.Timestamp,
        };
        var measured = new AttributeColumn("", Phrases.Name(rule.Measure), type);
        return new ValueCheck(measured).Problem(rule.Operator, rule.Values, Operators.For(rule.Measure));
    }

    private string? Group(GroupRule rule)
    {
        if (rule.GroupId == groupId) return "A target group cannot be a condition of itself.";
        return catalogue.Group(rule.GroupId) is null ? "Choose a target group; the one that was here no longer exists." : null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelKey();
}
