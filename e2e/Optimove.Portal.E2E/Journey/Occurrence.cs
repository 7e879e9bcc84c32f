using System.Globalization;
using System.Text.RegularExpressions;

namespace Optimove.Portal.E2E.Journey;

/// <summary>The sum that an occurrence's page says of its list.</summary>
internal sealed partial record Occurrence(int Considered, int Excluded, int Control, int Accepted, int Rejected)
{
    public static Occurrence Read(string card)
    {
        var said = Sum().Match(card);
        Assert.True(said.Success, "The card does not say its sum:\n" + card);
        var numbers = said.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    [GeneratedRegex(@"([\d,]+) considered = ([\d,]+) excluded \+ ([\d,]+) control \+ ([\d,]+) accepted \+ ([\d,]+) rejected \+ 0 without an answer \+ 0 still to go")]
    private static partial Regex Sum();
}
