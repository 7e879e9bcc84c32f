namespace Optimove.Portal.Targeting.Matching;

/// <summary>A checked rule's meaning in memory, for one customer; the same as the compiled rule's in the database.</summary>
public static class Matcher
{
    /// <summary>Whether the rule holds for the customer. The rule has passed <see cref="Checking.RuleChecker"/>.</summary>
    public static bool Matches(Rule rule, CustomerFacts customer, RuleContext context) => rule switch
    {
        All all => all.Rules.All(r => Matches(r, customer, context)),
        Any any => any.Rules.Any(r => Matches(r, customer, context)),
        Not not => !Matches(not.Rule, customer, context),
        GroupRule group => Matches(context.Catalogue.Group(group.GroupId)!.Rule, customer, context) == group.In,
        PreferenceRule preference => preference.Preference == PreferenceOf(customer, preference.Channel),
        AttributeRule attribute =>
            Comparison.Holds(Actual(attribute, customer, context), attribute.Operator, attribute.Values, context.DataDate),
        TransactionRule bought => Comparison.Holds(Actual(bought, customer, context), bought.Operator, bought.Values, context.DataDate),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    internal static Preference PreferenceOf(CustomerFacts customer, string channel) =>
        !customer.Preferences.TryGetValue(channel, out var optedIn) ? Preference.Unknown
        : optedIn ? Preference.OptedIn
        : Preference.OptedOut;

    internal static object? Actual(AttributeRule rule, CustomerFacts customer, RuleContext context) =>
        Comparison.Plain(customer.Attributes.GetValueOrDefault(rule.Field), context.Catalogue.Attribute(rule.Field)!.Type, context);

    internal static object? Actual(TransactionRule rule, CustomerFacts customer, RuleContext context)
    {
        var period = DayRange.Of(rule.Period, context.DataDate);
        var inPeriod = customer.Transactions.Where(t => period.Contains(context.DayOf(t.OccurredAt))).ToList();
        return rule.Measure switch
        {
            Measure.Count => (decimal)inPeriod.Count,
            Measure.Sum => inPeriod.Sum(t => t.Amount),
            _ when inPeriod.Count == 0 => null,
            Measure.Average => inPeriod.Average(t => t.Amount),
            Measure.Last => context.DayOf(inPeriod.Max(t => t.OccurredAt)),
            Measure.First => context.DayOf(inPeriod.Min(t => t.OccurredAt)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }
}
