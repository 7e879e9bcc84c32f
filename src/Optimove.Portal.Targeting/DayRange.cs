namespace Optimove.Portal.Targeting;

/// <summary>The days that a date comparison or a period means, ends included; null: no end on that side.</summary>
internal readonly record struct DayRange(DateOnly? From, DateOnly? To)
{
    public bool Contains(DateOnly day) => !(day < From) && !(day > To);

    public static DayRange Of(Operator comparison, Items<Value> values, DateOnly dataDate)
    {
        DateOnly Day(int index) => ((DayValue)values[index]).On(dataDate);
        int Days() => (int)((NumberValue)values[0]).Number;
        return comparison switch
        {
            Operator.Is => new(Day(0), Day(0)),
            Operator.LessThan => new(null, Day(0).AddDays(-1)),
            Operator.AtMost => new(null, Day(0)),
            Operator.MoreThan => new(Day(0).AddDays(1), null),
            Operator.AtLeast => new(Day(0), null),
            Operator.Between => new(Day(0), Day(1)),
            Operator.InLastDays => new(dataDate.AddDays(-Days()), dataDate),
            Operator.MoreThanDaysAgo => new(null, dataDate.AddDays(-Days() - 1)),
            Operator.InNextDays => new(dataDate, dataDate.AddDays(Days())),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    public static DayRange Of(Period period, DateOnly dataDate) => period switch
    {
        Ever => new(null, null),
        LastDays last => new(dataDate.AddDays(-last.Days), dataDate),
        BetweenDays between => new(between.From.On(dataDate), between.To.On(dataDate)),
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };
}
