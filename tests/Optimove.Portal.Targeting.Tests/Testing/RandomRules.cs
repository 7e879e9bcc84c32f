using FsCheck;
using FsCheck.Fluent;

namespace Optimove.Portal.Targeting.Tests.Testing;

/// <summary>Random rules over <see cref="SampleData"/> that the checker accepts: every operator, measure, period and kind of node.</summary>
public static class RandomRules
{
    public static readonly Gen<Rule> All = Tree(3);

    private static Gen<Rule> Tree(int levels)
    {
        if (levels == 0) return Leaf;
        var inner = Tree(levels - 1);
        var several = Gen.Choose(1, 3).SelectMany(n => inner.ArrayOf(n));
        return Gen.Frequency(
            (2, Leaf),
            (2, several.Select(rules => (Rule)new All([.. rules]))),
            (2, several.Select(rules => (Rule)new Any([.. rules]))),
            (2, inner.Select(rule => (Rule)new Not(rule))));
    }

    private static Gen<Rule> Leaf => Gen.Frequency((6, Attribute), (4, Transactions), (1, Preferences), (2, Groups));

    private static Gen<Rule> Attribute =>
        from attribute in Gen.Elements(SampleData.Attributes)
        from choice in Gen.Elements(Operators.For(attribute.Type).ToArray())
        from values in Values(choice.Value, attribute)
        select (Rule)new AttributeRule(attribute.Field, choice.Operator, values);

    private static Gen<Rule> Transactions =>
        from measure in Gen.Elements(Enum.GetValues<Measure>())
        from period in Period
        from choice in Gen.Elements(Operators.For(measure).ToArray())
        from values in Values(choice.Value, new("", "", measure == Measure.Count ? AttributeType.Integer : AttributeType.Decimal, null), 0)
        select (Rule)new TransactionRule(measure, period, choice.Operator, values);

    private static Gen<Rule> Preferences =>
        from channel in Gen.Elements(SampleData.Channels)
        from preference in Gen.Elements(Enum.GetValues<Preference>())
        select (Rule)new PreferenceRule(channel, preference);

    private static Gen<Rule> Groups =>
        from id in Gen.Choose(1, 3)
        from isIn in Gen.Elements(true, false)
        select (Rule)new GroupRule(id, isIn);

    private static Gen<Period> Period => Gen.OneOf(
        Gen.Constant<Period>(new Ever()),
        Gen.Choose(0, 30).Select(days => (Period)new LastDays(days)),
        from ends in Ordered(Gen.Choose(-40, 8))
        from relative in Gen.Elements(true, false)
        select (Period)new BetweenDays(Day(ends[0], relative), Day(ends[1], relative)));

    private static Gen<Items<Value>> Values(ValueKind kind, AttributeColumn of, int from = 18) => kind switch
    {
        ValueKind.None => Gen.Constant<Items<Value>>([]),
        ValueKind.Text => Text(of).Select(t => (Items<Value>)[t]),
        ValueKind.Texts => Gen.Choose(1, 3).SelectMany(n => Text(of).ArrayOf(n)).Select(t => (Items<Value>)[.. t.Select(x => (Value)x)]),
        ValueKind.Number => Number(of, from).Select(n => (Items<Value>)[n]),
        ValueKind.Numbers => Gen.Choose(1, 3).SelectMany(n => Number(of, from).ArrayOf(n)).Select(n => (Items<Value>)[.. n.Select(x => (Value)x)]),
        ValueKind.NumberRange => Ordered(Number(of, from)).Select(n => (Items<Value>)[n[0], n[1]]),
        ValueKind.Days => Gen.Choose(0, 30).Select(n => (Items<Value>)[n]),
        ValueKind.Date => from day in Gen.Choose(-40, 8) from relative in Gen.Elements(true, false) select (Items<Value>)[Day(day, relative)],
        _ => from days in Ordered(Gen.Choose(-40, 8))
             from relative in Gen.Elements(true, false)
             select (Items<Value>)[Day(days[0], relative), Day(days[1], relative)],
    };

    private static Gen<string> Text(AttributeColumn of) => of.Length == 2
        ? Gen.Elements("FR", "BE", "F", "R", "fr", "XX")
        : Gen.Elements([.. SampleData.Texts.Where(t => t.Length > 0), "_", "%", @"\", "I", "lan"]);

    private static Gen<decimal> Number(AttributeColumn of, int from) => of.Type == AttributeType.Integer
        ? Gen.Choose(from, from + 8).Select(n => (decimal)n)
        : Gen.Elements(-5m, 0m, 2.5m, 3.3333m, 6.6666m, 7.5m, 10m, 10.0001m, 20m);

    private static Gen<T[]> Ordered<T>(Gen<T> one) => one.ArrayOf(2).Select(two => two.Order().ToArray());

    private static DayValue Day(int fromDataDate, bool relative) =>
        relative ? new RelativeDay(fromDataDate) : new FixedDay(SampleData.DataDate.AddDays(fromDataDate));
}
