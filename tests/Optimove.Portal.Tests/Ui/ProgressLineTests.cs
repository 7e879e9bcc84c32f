using Bunit;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Tests.Ui;

public sealed class ProgressLineTests : UiContext
{
    [Fact]
    public void A_bar_says_how_many_of_how_many()
    {
        var bar = Draw(100_000, 301_880).Find("[role=progressbar]");
        Assert.Equal("100,000 of 301,880", bar.GetAttribute("aria-valuetext"));
        Assert.Equal("width:33.13%", bar.QuerySelector("i")!.GetAttribute("style"));
    }

    [Fact]
    public void An_unknown_size_shows_no_share()
    {
        var line = Draw(43, null);
        Assert.False(line.Find("[role=progressbar]").HasAttribute("aria-valuenow"));
        Assert.Contains("size not known yet", line.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "width:100%")]
    [InlineData(12, 10, "width:100%")]
    public void A_bar_never_leaves_its_frame(long count, long total, string width) =>
        Assert.Equal(width, Draw(count, total).Find(".bar i").GetAttribute("style"));

    private IRenderedComponent<ProgressLine> Draw(long count, long? total) =>
        Render<ProgressLine>(p => p.Add(l => l.Title, "Handing over").Add(l => l.Count, count).Add(l => l.Total, total));
}
