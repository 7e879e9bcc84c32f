using System.Globalization;

namespace Optimove.Portal.Targeting.Wording;

/// <summary>The words for values, measures, periods and channels; English, invariant numbers.</summary>
internal static class Phrases
{
    private const int ListedValues = 6;

    public static string Name(Measure measure) => measure switch
    {
        Measure.Count => "Number of purchases",
        Measure.Sum => "Amount spent",
        Measure.Average => "Average purchase",
        Measure.Last => "Last purchase",
        Measure.First => "First purchase",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    public static string Name(AttributeType type) => type switch
    {
        AttributeType.Text => "text",
        AttributeType.Integer => "a whole number",
        AttributeType.Decimal => "a number",
        AttributeType.Boolean => "true or false",
        AttributeType.Date or AttributeType.Timestamp => "a date",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string Channel(string key, Catalogue catalogue) => catalogue.Channel(key) ?? key switch
    {
        "email" => "e-mail",
        "sms" => "SMS",
        _ => key,
    };

    public static string Preference(PreferenceRule rule, Catalogue catalogue) => rule.Preference switch
    {
        Targeting.Preference.OptedIn => $"opted in to {Channel(rule.Channel, catalogue)}",
        Targeting.Preference.OptedOut => $"opted out of {Channel(rule.Channel, catalogue)}",
        _ => $"said nothing about {Channel(rule.Channel, catalogue)}",
    };

    public static string Actual(object? value) => value switch
    {
        null => "empty",
        decimal number => Number(number),
        DateOnly day => Day(day),
        bool yes => yes ? "true" : "false",
        _ => value.ToString()!,
    };

    public static string Number(decimal number) => number.ToString("#,##0.####", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Days(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    public static string Purchases(decimal count) => count == 0 ? "no purchase" : count == 1 ? "1 purchase" : $"{Number(count)} purchases";

    public static string Value(Value value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => Number(number.Number),
        FixedDay day => Day(day.Date),
        RelativeDay { Days: 0 } => "the data date",
        RelativeDay { Days: < 0 } day => $"{Days(-day.Days)} before the data date",
        RelativeDay day => $"{Days(day.Days)} after the data date",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>"FR, BE or LU", or with another last link; a long list is cut and counted.</summary>
    public static string List(IReadOnlyList<Value> values, string link = " or ")
    {
        var words = values.Take(values.Count > ListedValues ? ListedValues - 1 : values.Count).Select(Value).ToList();
        if (values.Count > ListedValues) words.Add($"{Number(values.Count - words.Count)} others");
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))}{link}{words[^1]}";
    }

    /// <summary>" in the last 120 days", " from 1 May 2026 to 31 May 2026", or nothing for ever.</summary>
    public static string Within(Period period) => period switch
    {
        LastDays last => $" in the last {Days(last.Days)}",
        BetweenDays between => $" from {Value(between.From)} to {Value(between.To)}",
        _ => "",
    };

    /// <summary>What is expected of a value, as it follows "is": "more than 40", "in the last 120 days", "FR, BE or LU".</summary>
    public static string Expected(Operator comparison, Items<Value> values) => comparison switch
    {
        Operator.Is or Operator.IsAnyOf => List(values),
        Operator.IsNot or Operator.IsNoneOf => $"not {List(values)}",
        Operator.LessThan => values[0] is DayValue ? $"before {Value(values[0])}" : $"less than {Value(values[0])}",
        Operator.AtMost => values[0] is DayValue ? $"on or before {Value(values[0])}" : $"at most {Value(values[0])}",
        Operator.MoreThan => values[0] is DayValue ? $"after {Value(values[0])}" : $"more than {Value(values[0])}",
        Operator.AtLeast => values[0] is DayValue ? $"on or after {Value(values[0])}" : $"at least {Value(values[0])}",
        Operator.Between => $"between {Value(values[0])} and {Value(values[1])}",
        Operator.IsTrue => "true",
        Operator.IsFalse => "false",
        Operator.InLastDays => $"in the last {DaysIn(values)}",
        Operator.MoreThanDaysAgo => $"more than {DaysIn(values)} ago",
        Operator.InNextDays => $"in the next {DaysIn(values)}",
        Operator.IsEmpty => "empty",
        Operator.IsNotEmpty => "not empty",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    private static string DaysIn(Items<Value> values) => Days((int)((NumberValue)values[0]).Number);

    public static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];

    /// <summary>For the middle of a sentence; an abbreviation keeps its capitals.</summary>
    public static string Small(string sentence) =>
        sentence.Length > 1 && char.IsUpper(sentence[1]) || sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
