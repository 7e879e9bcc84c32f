using Optimove.Portal.Targeting.Checking;

namespace Optimove.Portal.Targeting.Wording;

/// <summary>Says a rule in one sentence, as a marketer would read it aloud; also a draft, whose unsound conditions are called unfinished.</summary>
public static class Describer
{
    /// <summary>"Value tier is VIP or Rising, bought in the last 120 days, not in Staff and testers"; no full stop.</summary>
    public static string Describe(Rule rule, Catalogue catalogue) => Phrases.Capital(rule switch
    {
        All { Rules.Count: 0 } => "all customers",
        All all => string.Join(", ", all.Rules.Select(r => Part(r, catalogue))),
        Any any => string.Join(" or ", any.Rules.Select(r => Part(r, catalogue))),
        _ => Part(rule, catalogue),
    });

    private static string Part(Rule rule, Catalogue catalogue) => rule switch
    {
        All all => $"({string.Join(" and ", all.Rules.Select(r => Part(r, catalogue)))})",
        Any any => $"({string.Join(" or ", any.Rules.Select(r => Part(r, catalogue)))})",
        Not { Rule: All or Any } not => $"not {Part(not.Rule, catalogue)}",
        Not not => $"not ({Part(not.Rule, catalogue)})",
        GroupRule group => $"{(group.In ? "in" : "not in")} {catalogue.Group(group.GroupId)?.Name ?? "a missing target group"}",
        PreferenceRule preference => Phrases.Preference(preference, catalogue),
        AttributeRule or TransactionRule when RuleChecker.Check(rule, catalogue).Count > 0 => "an unfinished condition",
        AttributeRule attribute => Attribute(attribute, catalogue),
        TransactionRule bought => Transactions(bought),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private static string Attribute(AttributeRule rule, Catalogue catalogue)
    {
        var name = Phrases.Small(catalogue.Attribute(rule.Field)!.Name);
        return rule.Operator switch
        {
            Operator.Contains => $"{name} contains {Phrases.List(rule.Values)}",
            Operator.StartsWith => $"{name} starts with {Phrases.List(rule.Values)}",
            Operator.IsAnyOf when rule.Values.Count > 2 => $"{name} is any of {Phrases.List(rule.Values, ", ")}",
            Operator.IsNoneOf => $"{name} is none of {Phrases.List(rule.Values, ", ")}",
            _ => $"{name} is {Phrases.Expected(rule.Operator, rule.Values)}",
        };
    }

    private static string Transactions(TransactionRule rule)
    {
        var within = Phrases.Within(rule.Period);
        return rule.Measure switch
        {
            Measure.Count => Count(rule, within),
            Measure.Sum => $"spent {Exactly(rule)}{within}",
            _ when rule.Operator == Operator.IsEmpty => Nothing(within),
            _ when rule.Operator == Operator.IsNotEmpty => Something(within),
            Measure.Average => $"average purchase{within} is {Phrases.Expected(rule.Operator, rule.Values)}",
            Measure.Last when rule is { Operator: Operator.InLastDays, Period: Ever } => $"bought {Phrases.Expected(rule.Operator, rule.Values)}",
            _ => $"{Phrases.Small(Phrases.Name(rule.Measure))}{within} is {Phrases.Expected(rule.Operator, rule.Values)}",
        };
    }

    private static string Count(TransactionRule rule, string within) => (rule.Operator, rule.Values[0]) switch
    {
        (Operator.Is or Operator.AtMost, NumberValue { Number: 0 }) or (Operator.LessThan, NumberValue { Number: 1 }) => Nothing(within),
        (Operator.MoreThan or Operator.IsNot, NumberValue { Number: 0 }) or (Operator.AtLeast, NumberValue { Number: 1 }) => Something(within),
        _ => $"bought {Exactly(rule)} {(rule.Values[^1] is NumberValue { Number: 1 } ? "time" : "times")}{within}",
    };

    private static string Exactly(TransactionRule rule) => rule.Operator switch
    {
        Operator.Is => $"exactly {Phrases.List(rule.Values)}",
        Operator.IsNot => $"anything but {Phrases.List(rule.Values)}",
        _ => Phrases.Expected(rule.Operator, rule.Values),
    };

    private static string Nothing(string within) => within.Length == 0 ? "never bought" : $"bought nothing{within}";

    private static string Something(string within) => within.Length == 0 ? "bought at least once" : $"bought{within}";
}
