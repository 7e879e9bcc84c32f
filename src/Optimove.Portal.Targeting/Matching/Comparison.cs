using System.Globalization;

namespace Optimove.Portal.Targeting.Matching;

/// <summary>One comparison in memory, with the meaning that <see cref="Operator"/> states.</summary>
internal static class Comparison
{
    /// <param name="actual">string, decimal, bool or DateOnly as <see cref="Plain"/> makes them; null when empty.</param>
    public static bool Holds(object? actual, Operator comparison, Items<Value> values, DateOnly dataDate) => comparison switch
    {
        Operator.IsEmpty => actual is null,
        Operator.IsNotEmpty => actual is not null,
        Operator.IsNot => !Holds(actual, Operator.Is, values, dataDate),
        Operator.IsNoneOf => !Holds(actual, Operator.IsAnyOf, values, dataDate),
        _ => actual switch
        {
            null => false,
            string text => Text(text, comparison, values),
            decimal number => Number(number, comparison, values),
            bool yes => yes == (comparison == Operator.IsTrue),
            DateOnly day => DayRange.Of(comparison, values, dataDate).Contains(day),
            _ => throw new ArgumentException($"{actual.GetType()} is no attribute's value.", nameof(actual)),
        },
    };

    /// <summary>The value as it is compared: empty text as null, numbers as decimal, instants as days of the tenant's zone.</summary>
    public static object? Plain(object? value, AttributeType type, RuleContext context) => (type, value) switch
    {
        (_, null or DBNull) => null,
        (AttributeType.Text, string text) => text.Length == 0 ? null : text,
        (AttributeType.Integer or AttributeType.Decimal, _) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        (AttributeType.Date, DateTime day) => DateOnly.FromDateTime(day),
        (AttributeType.Timestamp, DateTime instant) => context.DayOf(instant),
        _ => value,
    };

    private static bool Text(string actual, Operator comparison, Items<Value> values) => comparison switch
    {
        Operator.Is or Operator.IsAnyOf => values.Any(v => ((TextValue)v).Text == actual),
        Operator.Contains => actual.Contains(((TextValue)values[0]).Text, StringComparison.Ordinal),
        Operator.StartsWith => actual.StartsWith(((TextValue)values[0]).Text, StringComparison.Ordinal),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    private static bool Number(decimal actual, Operator comparison, Items<Value> values)
    {
        var first = ((NumberValue)values[0]).Number;
        return comparison switch
        {
            Operator.Is or Operator.IsAnyOf => values.Any(v => ((NumberValue)v).Number == actual),
            Operator.LessThan => actual < first,
            Operator.AtMost => actual <= first,
            Operator.MoreThan => actual > first,
            Operator.AtLeast => actual >= first,
            Operator.Between => actual >= first && actual <= ((NumberValue)values[1]).Number,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }
}
