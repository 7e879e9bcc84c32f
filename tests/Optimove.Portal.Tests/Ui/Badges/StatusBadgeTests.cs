using Bunit;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Tests.Ui.Badges;

public sealed class StatusBadgeTests : UiContext
{
    [Fact]
    public void Every_state_has_an_icon_and_a_word_of_its_own()
    {
        var badges = Enum.GetValues<Status>().Select(s => Render<StatusBadge>(p => p.Add(b => b.Status, s))).ToList();
        Assert.All(badges, b => Assert.NotEmpty(b.Find("svg path").GetAttribute("d")!));
        Assert.Equal(badges.Count, badges.Select(b => b.Find(".badge").TextContent).Distinct().Count());
        Assert.Equal(badges.Count, badges.Select(b => b.Find("path").GetAttribute("d")).Distinct().Count());
    }

    [Fact]
    public void Measuring_counts_its_days()
    {
        var badge = Render<StatusBadge>(p => p.Add(b => b.Status, Status.Measuring).Add(b => b.Day, 3));
        Assert.Equal("Measuring, day 3 of 7", badge.Find(".badge").TextContent.Trim());
        Assert.Equal((3, 7), (badge.FindAll(".on").Count, badge.FindAll("i").Count));
    }
}
