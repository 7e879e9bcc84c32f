namespace Optimove.Portal.Targeting;

/// <summary>How a value is compared; which apply to what, and in which words, is in <see cref="Operators"/>.</summary>
public enum Operator
{
    /// <summary>Equal; for days: on that day.</summary>
    Is,
    /// <summary>Not equal, or empty.</summary>
    IsNot,
    /// <summary>Equal to one of a list.</summary>
    IsAnyOf,
    /// <summary>Equal to none of a list, or empty.</summary>
    IsNoneOf,
    /// <summary>Has the text somewhere in it.</summary>
    Contains,
    /// <summary>Begins with the text.</summary>
    StartsWith,
    /// <summary>Less; for days: before.</summary>
    LessThan,
    /// <summary>Less or equal; for days: on or before.</summary>
    AtMost,
    /// <summary>More; for days: after.</summary>
    MoreThan,
    /// <summary>More or equal; for days: on or after.</summary>
    AtLeast,
    /// <summary>From the first value to the second, both included.</summary>
    Between,
    /// <summary>Yes.</summary>
    IsTrue,
    /// <summary>No; not empty.</summary>
    IsFalse,
    /// <summary>From n days before the data date to the data date, both included.</summary>
    InLastDays,
    /// <summary>Before the day that lies n days before the data date.</summary>
    MoreThanDaysAgo,
    /// <summary>From the data date to n days after it, both included.</summary>
    InNextDays,
    /// <summary>No value, or the empty text.</summary>
    IsEmpty,
    /// <summary>Any value.</summary>
    IsNotEmpty,
}

/// <summary>What an operator is to be given: the editor to show, and how many values the rule then holds.</summary>
public enum ValueKind
{
    /// <summary>No value.</summary>
    None,
    /// <summary>One <see cref="TextValue"/>.</summary>
    Text,
    /// <summary>One to a thousand <see cref="TextValue"/>.</summary>
    Texts,
    /// <summary>One <see cref="NumberValue"/>.</summary>
    Number,
    /// <summary>One to a thousand <see cref="NumberValue"/>.</summary>
    Numbers,
    /// <summary>Two <see cref="NumberValue"/>, the lower first.</summary>
    NumberRange,
    /// <summary>One <see cref="DayValue"/>.</summary>
    Date,
    /// <summary>Two <see cref="DayValue"/>, the earlier first.</summary>
    DateRange,
    /// <summary>One <see cref="NumberValue"/>: whole days from 0.</summary>
    Days,
}

/// <summary>An operator as the rule builder offers it.</summary>
public sealed record OperatorChoice(Operator Operator, string Label, ValueKind Value);

/// <summary>Which operators apply to what, in the order and words in which they are offered.</summary>
public static class Operators
{
    private static readonly OperatorChoice[] Emptiness =
        [new(Operator.IsEmpty, "is empty", ValueKind.None), new(Operator.IsNotEmpty, "is not empty", ValueKind.None)];

    private static readonly OperatorChoice[] Amounts =
    [
        new(Operator.Is, "is", ValueKind.Number),
        new(Operator.IsNot, "is not", ValueKind.Number),
        new(Operator.LessThan, "is less than", ValueKind.Number),
        new(Operator.AtMost, "is at most", ValueKind.Number),
        new(Operator.MoreThan, "is more than", ValueKind.Number),
        new(Operator.AtLeast, "is at least", ValueKind.Number),
        new(Operator.Between, "is between", ValueKind.NumberRange),
    ];

    private static readonly OperatorChoice[] Texts =
    [
        new(Operator.Is, "is", ValueKind.Text),
        new(Operator.IsNot, "is not", ValueKind.Text),
        new(Operator.IsAnyOf, "is any of", ValueKind.Texts),
        new(Operator.IsNoneOf, "is none of", ValueKind.Texts),
        new(Operator.Contains, "contains", ValueKind.Text),
        new(Operator.StartsWith, "starts with", ValueKind.Text),
        .. Emptiness,
    ];

    private static readonly OperatorChoice[] Averages = [.. Amounts, .. Emptiness];

    private static readonly OperatorChoice[] Numbers =
    [
        .. Amounts,
        new(Operator.IsAnyOf, "is any of", ValueKind.Numbers),
        new(Operator.IsNoneOf, "is none of", ValueKind.Numbers),
        .. Emptiness,
    ];

    private static readonly OperatorChoice[] Booleans =
        [new(Operator.IsTrue, "is true", ValueKind.None), new(Operator.IsFalse, "is false", ValueKind.None), .. Emptiness];

    private static readonly OperatorChoice[] Days =
    [
        new(Operator.InLastDays, "is in the last", ValueKind.Days),
        new(Operator.MoreThanDaysAgo, "is more days ago than", ValueKind.Days),
        new(Operator.InNextDays, "is in the next", ValueKind.Days),
        new(Operator.Is, "is on", ValueKind.Date),
        new(Operator.LessThan, "is before", ValueKind.Date),
        new(Operator.AtMost, "is on or before", ValueKind.Date),
        new(Operator.MoreThan, "is after", ValueKind.Date),
        new(Operator.AtLeast, "is on or after", ValueKind.Date),
        new(Operator.Between, "is between", ValueKind.DateRange),
        .. Emptiness,
    ];

    /// <summary>What applies to an attribute of this type.</summary>
    public static IReadOnlyList<OperatorChoice> For(AttributeType type) => type switch
    {
        AttributeType.Text => Texts,
        AttributeType.Integer or AttributeType.Decimal => Numbers,
        AttributeType.Boolean => Booleans,
        AttributeType.Date or AttributeType.Timestamp => Days,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>What applies to this measure of transactions.</summary>
    public static IReadOnlyList<OperatorChoice> For(Measure measure) => measure switch
    {
        Measure.Count or Measure.Sum => Amounts,
        Measure.Average => Averages,
        Measure.Last or Measure.First => Days,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
