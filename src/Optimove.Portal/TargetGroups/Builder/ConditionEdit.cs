using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Builder;

/// <summary>Changes of one condition, part by part; what still fits is kept.</summary>
internal static class ConditionEdit
{
    private const int UsualDays = 30;

    /// <summary>A condition about nothing yet.</summary>
    public static readonly Rule Unwritten = new AttributeRule("", Operator.Is, []);

    /// <summary>Nothing was chosen yet, so a problem with it is no mistake.</summary>
    public static bool IsUnfinished(Rule condition) => condition switch
    {
        AttributeRule attribute => attribute.Field.Length == 0 || attribute.Values.Count == 0,
        TransactionRule bought => bought.Values.Count == 0,
        GroupRule group => group.GroupId == 0,
        _ => false,
    };

    /// <summary>The comparisons to offer; none where there is no choice.</summary>
    public static IReadOnlyList<OperatorChoice> Choices(Rule condition, Catalogue catalogue) => condition switch
    {
        AttributeRule attribute => catalogue.Attribute(attribute.Field) is { } column ? Operators.For(column.Type) : [],
        TransactionRule bought => Operators.For(bought.Measure),
        _ => [],
    };

    /// <summary>What the chosen comparison is to be given.</summary>
    public static ValueKind Wanted(Rule condition, Catalogue catalogue) =>
        Choices(condition, catalogue).FirstOrDefault(c => c.Operator == Comparison(condition))?.Value ?? ValueKind.None;

    public static Operator? Comparison(Rule condition) => condition switch
    {
        AttributeRule attribute => attribute.Operator,
        TransactionRule bought => bought.Operator,
        _ => null,
    };

    public static Items<Value> Values(Rule condition) => condition switch
    {
        AttributeRule attribute => attribute.Values,
        TransactionRule bought => bought.Values,
        _ => [],
    };

    public static Rule WithComparison(Rule condition, Operator comparison, Catalogue catalogue)
    {
        var wanted = Choices(condition, catalogue).First(c => c.Operator == comparison).Value;
        var values = Carried(Values(condition), Wanted(condition, catalogue), wanted);
        return condition switch
        {
            AttributeRule attribute => attribute with { Operator = comparison, Values = values },
            TransactionRule bought => bought with { Operator = comparison, Values = values },
            _ => condition,
        };
    }

    public static Rule WithValues(Rule condition, Items<Value> values) => condition switch
    {
        AttributeRule attribute => attribute with { Values = values },
        TransactionRule bought => bought with { Values = values },
        _ => condition,
    };

    private static Items<Value> Carried(Items<Value> values, ValueKind from, ValueKind to)
    {
        if (from == to) return values;
        var alike = (from, to) is (ValueKind.Text or ValueKind.Texts, ValueKind.Text or ValueKind.Texts)
            or (ValueKind.Number or ValueKind.Numbers or ValueKind.NumberRange, ValueKind.Number or ValueKind.Numbers or ValueKind.NumberRange)
            or (ValueKind.Date or ValueKind.DateRange, ValueKind.Date or ValueKind.DateRange);
        if (!alike) return to == ValueKind.Days ? [UsualDays] : [];
        var most = to is ValueKind.Texts or ValueKind.Numbers ? values.Count : to is ValueKind.NumberRange or ValueKind.DateRange ? 2 : 1;
        return [.. values.Take(most)];
    }
}
