namespace Optimove.Portal.Targeting.Sql;

/// <summary>Writes one comparison of a column or expression. Null reads as "does not hold", so the complement lets nulls in.</summary>
internal sealed class ComparisonWriter(RuleContext context, Parameters parameters)
{
    /// <summary>True where the comparison's outcome is <paramref name="holds"/>; false or null elsewhere.</summary>
    public string Write(string expression, AttributeType type, Operator comparison, Items<Value> values, bool holds) => comparison switch
    {
        Operator.IsNot => Write(expression, type, Operator.Is, values, !holds),
        Operator.IsNoneOf => Write(expression, type, Operator.IsAnyOf, values, !holds),
        Operator.IsNotEmpty => Emptiness(expression, type, !holds),
        Operator.IsEmpty => Emptiness(expression, type, holds),
        Operator.IsTrue => holds ? expression : $"{expression} IS NOT TRUE",
        Operator.IsFalse => holds ? $"NOT {expression}" : $"{expression} IS NOT FALSE",
        _ => holds ? Plain(expression, type, comparison, values) : $"({Plain(expression, type, comparison, values)}) IS NOT TRUE",
    };

    /// <summary>True where the day or instant lies in the range; "TRUE" for a range without ends.</summary>
    public string InRange(string expression, AttributeType type, DayRange range)
    {
        if (type == AttributeType.Date && range.From is { } from && range.To is { } to)
            return from == to ? $"{expression} = {parameters.Add(from)}" : $"({expression} BETWEEN {parameters.Add(from)} AND {parameters.Add(to)})";
        var low = range.From is { } first ? $"{expression} >= {Bound(type, first, isEnd: false)}" : null;
        var high = range.To is { } last ? $"{expression} {(type == AttributeType.Date ? "<=" : "<")} {Bound(type, last, isEnd: true)}" : null;
        return (low, high) switch
        {
            (null, null) => "TRUE",
            (not null, not null) => $"({low} AND {high})",
            _ => low ?? high!,
        };
    }

    private string Bound(AttributeType type, DateOnly day, bool isEnd) =>
        parameters.Add(type == AttributeType.Date ? day : context.StartOfDay(isEnd ? day.AddDays(1) : day));

    private static string Emptiness(string expression, AttributeType type, bool empty) => (type, empty) switch
    {
        (AttributeType.Text, true) => $"({expression} IS NULL OR {expression} = '')",
        (AttributeType.Text, false) => $"{expression} <> ''",
        (_, true) => $"{expression} IS NULL",
        _ => $"{expression} IS NOT NULL",
    };

    private string Plain(string expression, AttributeType type, Operator comparison, Items<Value> values) =>
        type is AttributeType.Date or AttributeType.Timestamp
            ? InRange(expression, type, DayRange.Of(comparison, values, context.DataDate))
            : comparison switch
            {
                Operator.Is => $"{expression} = {One(type, values[0])}",
                Operator.IsAnyOf => values.Count == 1 ? $"{expression} = {One(type, values[0])}" : $"{expression} = ANY ({Many(type, values)})",
                Operator.Contains => $"{expression} LIKE {parameters.Add($"%{Literally(values[0])}%")}",
                Operator.StartsWith => $"{expression} LIKE {parameters.Add($"{Literally(values[0])}%")}",
                Operator.LessThan => $"{expression} < {One(type, values[0])}",
                Operator.AtMost => $"{expression} <= {One(type, values[0])}",
                Operator.MoreThan => $"{expression} > {One(type, values[0])}",
                Operator.AtLeast => $"{expression} >= {One(type, values[0])}",
                Operator.Between => $"({expression} BETWEEN {One(type, values[0])} AND {One(type, values[1])})",
                _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
            };

    private string One(AttributeType type, Value value) => parameters.Add(type switch
    {
        AttributeType.Text => ((TextValue)value).Text,
        AttributeType.Integer => (int)((NumberValue)value).Number,
        _ => (object)((NumberValue)value).Number,
    });

    private string Many(AttributeType type, Items<Value> values) => parameters.Add(type switch
    {
        AttributeType.Text => values.Select(v => ((TextValue)v).Text).ToArray(),
        AttributeType.Integer => values.Select(v => (int)((NumberValue)v).Number).ToArray(),
        _ => (object)values.Select(v => ((NumberValue)v).Number).ToArray(),
    });

    private static string Literally(Value value) =>
        ((TextValue)value).Text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
