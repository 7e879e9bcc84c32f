using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.Targeting.Checking;

/// <summary>Checks the operator and the values of one comparison, and words what is wrong with what the comparison is about.</summary>
internal sealed class ValueCheck(AttributeColumn about)
{
    private const decimal MostBeforePoint = 1_000_000_000_000_000m;

    public string? Problem(Operator comparison, Items<Value> values, IReadOnlyList<OperatorChoice> offered)
    {
        var choice = offered.FirstOrDefault(o => o.Operator == comparison);
        if (choice is null) return $"{about.Name} is {Phrases.Name(about.Type)}; choose a comparison that suits it.";
        return Number(choice.Value, values.Count) ?? values.Select(v => Single(choice.Value, v)).FirstOrDefault(p => p is not null)
            ?? Order(choice.Value, values);
    }

    public static string? Period(Period period) => period switch
    {
        LastDays { Days: < 0 or > RuleLimits.Days } => DaysSentence("A period"),
        BetweenDays between => Day(between.From) ?? Day(between.To)
            ?? (Backwards(between.From, between.To) ? "A period's first day must not be after its last." : null),
        _ => null,
    };

    private string? Number(ValueKind kind, int count)
    {
        var (least, most) = kind switch
        {
            ValueKind.None => (0, 0),
            ValueKind.Texts or ValueKind.Numbers => (1, RuleLimits.ListValues),
            ValueKind.NumberRange or ValueKind.DateRange => (2, 2),
            _ => (1, 1),
        };
        if (count < least) return least == 2 ? $"Choose both ends for {about.Name}." : $"Choose a value for {about.Name}.";
        if (count <= most) return null;
        return most == 0 ? $"{about.Name} takes no value here." : $"{about.Name} takes at most {Phrases.Number(most)} here, not {Phrases.Number(count)}.";
    }

    private string? Single(ValueKind kind, Value value) => (kind, value) switch
    {
        (ValueKind.Text or ValueKind.Texts, TextValue text) => Text(text.Text),
        (ValueKind.Number or ValueKind.Numbers or ValueKind.NumberRange, NumberValue number) => Amount(number.Number),
        (ValueKind.Date or ValueKind.DateRange, DayValue day) => Day(day),
        (ValueKind.Days, NumberValue { Number: var days }) =>
            days >= 0 && days <= RuleLimits.Days && days == decimal.Truncate(days) ? null : DaysSentence(about.Name),
        _ => $"{about.Name} takes {Wanted(kind)}, not {Given(value)}.",
    };

    private string? Text(string text)
    {
        var most = about.Length ?? RuleLimits.TextLength;
        var length = text.EnumerateRunes().Count();
        if (length == 0) return $"Write a text for {about.Name}, or choose \"is empty\".";
        if (length > most) return $"{about.Name} holds at most {Phrases.Number(most)} characters; \"{Start(text)}\" has {Phrases.Number(length)}.";
        // PostgreSQL keeps neither; a lone surrogate reads as the replacement rune of length 1.
        return text.Contains('\0') || HasLoneSurrogate(text) ? $"The text for {about.Name} has a character that cannot be stored." : null;
    }

    private string? Amount(decimal number)
    {
        if (about.Type == AttributeType.Integer)
            return number is >= int.MinValue and <= int.MaxValue && number == decimal.Truncate(number)
                ? null
                : $"{about.Name} is a whole number between -2,147,483,648 and 2,147,483,647.";
        return Math.Abs(number) < MostBeforePoint && number == Math.Round(number, 4)
            ? null
            : $"{about.Name} has at most 15 digits before the point and 4 after it.";
    }

    private static string? Day(DayValue day) => day switch
    {
        FixedDay { Date.Year: < RuleLimits.FirstYear or > RuleLimits.LastYear } =>
            $"Choose a date between {RuleLimits.FirstYear} and {RuleLimits.LastYear}.",
        RelativeDay { Days: < -RuleLimits.Days or > RuleLimits.Days } => DaysSentence("A date"),
        _ => null,
    };

    private string? Order(ValueKind kind, Items<Value> values) => kind switch
    {
        ValueKind.NumberRange when ((NumberValue)values[0]).Number > ((NumberValue)values[1]).Number =>
            $"The first number for {about.Name} must not be above the second.",
        ValueKind.DateRange when Backwards((DayValue)values[0], (DayValue)values[1]) =>
            $"The first date for {about.Name} must not be after the second.",
        _ => null,
    };

    private static bool Backwards(DayValue from, DayValue to) => (from, to) switch
    {
        (FixedDay a, FixedDay b) => a.Date > b.Date,
        (RelativeDay a, RelativeDay b) => a.Days > b.Days,
        _ => false,
    };

    private static string DaysSentence(string about) => $"{about} counts whole days, from 0 to {Phrases.Number(RuleLimits.Days)}.";

    private static string Wanted(ValueKind kind) => kind switch
    {
        ValueKind.Text or ValueKind.Texts => "text",
        ValueKind.Number or ValueKind.Numbers or ValueKind.NumberRange => "a number",
        ValueKind.Days => "a number of days",
        _ => "a date",
    };

    private static string Given(Value value) => value switch
    {
        TextValue => "text",
        NumberValue => "a number",
        _ => "a date",
    };

    private static string Start(string text) => text.Length <= 20 ? text : text[..20] + "…";

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return true;
        }
        return false;
    }
}
