using Bunit;
using Optimove.Portal.Ui.Icons;

namespace Optimove.Portal.Tests.Ui;

public sealed class IconTests : UiContext
{
    [Fact]
    public void Every_icon_is_drawn() =>
        Assert.All(Enum.GetValues<Glyph>(), g => Assert.NotEmpty(Render<Icon>(p => p.Add(i => i.Of, g)).Find("path").GetAttribute("d")!));

    [Fact]
    public void An_icon_without_words_is_decoration_and_one_with_a_name_is_a_picture()
    {
        Assert.Equal("true", Render<Icon>(p => p.Add(i => i.Of, Glyph.Home)).Find("svg").GetAttribute("aria-hidden"));
        Assert.Equal("Urgent", Render<Icon>(p => p.Add(i => i.Of, Glyph.Warn).Add(i => i.Label, "Urgent")).Find("svg[role=img]").GetAttribute("aria-label"));
    }
}
