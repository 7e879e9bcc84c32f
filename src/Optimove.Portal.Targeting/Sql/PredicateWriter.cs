using Optimove.Portal.Targeting.Matching;

namespace Optimove.Portal.Targeting.Sql;

/// <summary>
/// Writes a rule as a predicate. A Not is pushed down to the comparisons, where its exact complement is written; so the predicate holds
/// only ANDs and ORs, and null in it reads as false.
/// </summary>
/// <param name="test">How membership of a set is tested.</param>
internal sealed class PredicateWriter(RuleContext context, Parameters parameters, Func<CustomerSet, bool, string> test)
{
    private readonly ComparisonWriter _comparisons = new(context, parameters);

    public string Write(Rule rule, bool holds) => rule switch
    {
        All all => Join(all.Rules, holds, holds),
        Any any => Join(any.Rules, holds, !holds),
        Not not => Write(not.Rule, !holds),
        GroupRule group => Write(context.Catalogue.Group(group.GroupId)!.Rule, group.In == holds),
        AttributeRule attribute => Attribute(attribute, holds),
        PreferenceRule preference => Preference(preference, holds),
        TransactionRule { Measure: Measure.Last or Measure.First } bought => FirstOrLast(bought, holds),
        TransactionRule bought => Amount(bought, holds),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private string Join(Items<Rule> rules, bool holds, bool and) => rules.Count switch
    {
        0 => and ? "TRUE" : "FALSE",
        1 => Write(rules[0], holds),
        _ => $"({string.Join(and ? " AND " : " OR ", rules.Select(r => Write(r, holds)))})",
    };

    private string Attribute(AttributeRule rule, bool holds) =>
        _comparisons.Write($"c.\"{rule.Field}\"", context.Catalogue.Attribute(rule.Field)!.Type, rule.Operator, rule.Values, holds);

    private string Preference(PreferenceRule rule, bool holds)
    {
        var said = $"x.channel = {parameters.Add(rule.Channel)}";
        return rule.Preference switch
        {
            Targeting.Preference.OptedIn => test(new("channel_preferences", $"{said} AND x.opted_in", null), holds),
            Targeting.Preference.OptedOut => test(new("channel_preferences", $"{said} AND NOT x.opted_in", null), holds),
            _ => test(new("channel_preferences", said, null), !holds),
        };
    }

    /// <summary>Customers without a transaction are in no set, so where the comparison holds for them the set is of those for whom it fails.</summary>
    private string Amount(TransactionRule rule, bool holds)
    {
        var holdsForNone = Comparison.Holds(rule.Measure == Measure.Average ? null : 0m, rule.Operator, rule.Values, context.DataDate);
        var (expression, type) = rule.Measure switch
        {
            Measure.Count => ("count(*)", AttributeType.Integer),
            Measure.Sum => ("coalesce(sum(x.amount), 0)", AttributeType.Decimal),
            _ => ("avg(x.amount)", AttributeType.Decimal),
        };
        var having = IsTrueOfAnyBuyer(rule, !holdsForNone) ? null
            : _comparisons.Write(expression, type, rule.Operator, rule.Values, !holdsForNone);
        return test(new("transactions", InPeriod(rule.Period), having), holds != holdsForNone);
    }

    /// <summary>Whether having bought at all already makes the comparison's outcome <paramref name="outcome"/>, so that nothing need be counted.</summary>
    private static bool IsTrueOfAnyBuyer(TransactionRule rule, bool outcome)
    {
        if (rule.Operator is Operator.IsEmpty or Operator.IsNotEmpty) return true;
        if (rule.Measure != Measure.Count) return false;
        var number = ((NumberValue)rule.Values[0]).Number;
        return (rule.Operator, outcome) switch
        {
            (Operator.AtLeast, true) or (Operator.LessThan, false) => number <= 1,
            (Operator.MoreThan, true) or (Operator.AtMost, false) => number <= 0,
            (Operator.IsNot, true) or (Operator.Is, false) => number <= 0,
            _ => false,
        };
    }

    /// <summary>The latest is in a range when none comes after it and one is in it: rows before the range need not be read; likewise the earliest.</summary>
    private string FirstOrLast(TransactionRule rule, bool holds)
    {
        var inPeriod = InPeriod(rule.Period);
        if (rule.Operator is Operator.IsEmpty or Operator.IsNotEmpty)
            return test(new("transactions", inPeriod, null), holds == (rule.Operator == Operator.IsNotEmpty));
        var range = DayRange.Of(rule.Operator, rule.Values, context.DataDate);
        var (rows, together, expression) = rule.Measure == Measure.Last
            ? (range with { To = null }, range with { From = null }, "max(x.occurred_at)")
            : (range with { From = null }, range with { To = null }, "min(x.occurred_at)");
        var where = _comparisons.InRange("x.occurred_at", AttributeType.Timestamp, rows);
        var having = together == default ? null : _comparisons.InRange(expression, AttributeType.Timestamp, together);
        return test(new("transactions", $"{inPeriod} AND {where}", having), holds);
    }

    private string InPeriod(Period period) =>
        _comparisons.InRange("x.occurred_at", AttributeType.Timestamp, DayRange.Of(period, context.DataDate));
}
