using Optimove.Portal.Targeting.Matching;

namespace Optimove.Portal.Targeting.Wording;

/// <summary>Says why a checked rule holds or fails for one customer.</summary>
public static class Explainer
{
    private const int NamedFailures = 3;

    /// <summary>The whole tree and its one deciding condition; <paramref name="name"/> is what the headline calls the customer.</summary>
    public static Verdict Explain(Rule rule, CustomerFacts customer, RuleContext context, string name)
    {
        var root = Part(rule, customer, context);
        var deciding = Deciding(root, rule);
        return new(root.Holds, $"{name} is {(root.Holds ? "in" : "out")}: {Phrases.Small(deciding.Sentence)}.", deciding, root);
    }

    private static Explanation Part(Rule rule, CustomerFacts customer, RuleContext context)
    {
        var holds = Matcher.Matches(rule, customer, context);
        var parts = rule.Children.Select(r => Part(r, customer, context)).ToList();
        return rule switch
        {
            All => new(holds, parts.Count == 0 ? "Everybody is" : holds ? "Every condition holds" : "Not every condition holds", parts),
            Any => new(holds, holds ? "At least one of these holds" : NoneHolds(rule, parts), parts),
            Not not => new(holds, $"{Deciding(parts[0], not.Rule).Sentence}{(holds ? "" : ", which is left out")}", parts),
            GroupRule group => Group(group, holds, customer, context),
            PreferenceRule preference => new(holds, Preference(preference, holds, customer, context.Catalogue), parts),
            AttributeRule attribute => new(holds, Attribute(attribute, holds, customer, context), parts),
            TransactionRule bought => new(holds, Transactions(bought, holds, customer, context), parts),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }

    /// <summary>The one condition without which the outcome would be another; the part itself where several decide together.</summary>
    private static Explanation Deciding(Explanation part, Rule rule)
    {
        if (rule is not (All or Any)) return part;
        var decidesAlone = part.Parts.Count == 1 || rule is All != part.Holds;
        if (!decidesAlone || part.Parts.Count == 0) return part;
        var place = part.Parts.TakeWhile(p => p.Holds != part.Holds).Count();
        return Deciding(part.Parts[place], rule.Children[place]);
    }

    private static string NoneHolds(Rule any, List<Explanation> parts)
    {
        var named = parts.Take(NamedFailures).Select((p, i) => Phrases.Small(Deciding(p, any.Children[i]).Sentence));
        return $"None of these holds: {string.Join("; ", named)}{(parts.Count > NamedFailures ? $"; and {parts.Count - NamedFailures} more" : "")}";
    }

    private static Explanation Group(GroupRule rule, bool holds, CustomerFacts customer, RuleContext context)
    {
        var group = context.Catalogue.Group(rule.GroupId)!;
        return new(holds, $"{(holds == rule.In ? "In" : "Not in")} {group.Name}", [Part(group.Rule, customer, context)]);
    }

    private static string Preference(PreferenceRule rule, bool holds, CustomerFacts customer, Catalogue catalogue)
    {
        var fact = Phrases.Preference(rule with { Preference = Matcher.PreferenceOf(customer, rule.Channel) }, catalogue);
        return Phrases.Capital(holds ? fact : $"{fact}, not {Phrases.Preference(rule, catalogue)}");
    }

    private static string Attribute(AttributeRule rule, bool holds, CustomerFacts customer, RuleContext context)
    {
        var name = context.Catalogue.Attribute(rule.Field)!.Name;
        return $"{name} is {Fact(Phrases.Actual(Matcher.Actual(rule, customer, context)), rule.Operator, rule.Values, holds)}";
    }

    private static string Transactions(TransactionRule rule, bool holds, CustomerFacts customer, RuleContext context)
    {
        var within = Phrases.Within(rule.Period);
        var fact = (rule.Measure, Matcher.Actual(rule, customer, context)) switch
        {
            (Measure.Count, decimal count) => $"{Phrases.Purchases(count)}{within}",
            (Measure.Sum, decimal sum) => $"spent {Phrases.Number(sum)}{within}",
            (_, null) => $"no purchase{within}",
            (_, var value) => $"{Phrases.Name(rule.Measure)}{within} {Phrases.Actual(value)}",
        };
        return Phrases.Capital(Fact(fact, rule.Operator, rule.Values, holds));
    }

    /// <summary>The fact, and what was asked where the fact alone does not show it.</summary>
    private static string Fact(string fact, Operator comparison, Items<Value> values, bool holds) => comparison switch
    {
        Operator.Is or Operator.IsAnyOf or Operator.IsTrue or Operator.IsFalse => holds ? fact : $"{fact}, not {Phrases.Expected(comparison, values)}",
        Operator.IsNot or Operator.IsNoneOf => holds ? $"{fact}, {Phrases.Expected(comparison, values)}" : fact,
        Operator.IsEmpty or Operator.IsNotEmpty => fact,
        Operator.Contains => $"{fact}, which {(holds ? "contains" : "does not contain")} {Phrases.List(values)}",
        Operator.StartsWith => $"{fact}, which {(holds ? "starts" : "does not start")} with {Phrases.List(values)}",
        _ => $"{fact}, {(holds ? "" : "not ")}{Phrases.Expected(comparison, values)}",
    };
}
