namespace Optimove.Portal.Targeting.Tests;

public class OperatorsTests
{
    [Fact]
    public void Every_operator_is_offered_somewhere_and_no_label_twice_in_one_list()
    {
        var lists = Enum.GetValues<AttributeType>().Select(Operators.For).Concat(Enum.GetValues<Measure>().Select(Operators.For)).ToList();
        Assert.Equal(Enum.GetValues<Operator>().Order(), lists.SelectMany(l => l.Select(o => o.Operator)).Distinct().Order());
        Assert.All(lists, list => Assert.Equal(list.Count, list.Select(o => o.Label).Distinct().Count()));
    }
}
