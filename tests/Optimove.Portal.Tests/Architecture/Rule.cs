namespace Optimove.Portal.Tests.Architecture;

/// <summary>A rule holds when nothing breaks it; otherwise the test lists everything that does.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string?> broken)
    {
        var list = broken.ToList();
        Assert.True(list.Count == 0, $"{list.Count} break this rule:\n" + string.Join('\n', list));
    }
}
