using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Ui.Overlays;
using Radzen;

namespace Optimove.Portal.Tests.Ui.Overlays;

public sealed class ConfirmDialogTests : UiContext
{
    private static readonly Deed _deed = new("Cancel Win-back?", "34,099 people will not get it.", "Cancel the campaign") { AsksWhy = true };
    private object? _answer = "none";

    public ConfirmDialogTests() => Services.GetRequiredService<DialogService>().OnClose += answer => _answer = answer;

    [Fact]
    public void The_button_says_the_deed_in_red_and_gives_the_reason()
    {
        var dialog = Draw(_deed);
        dialog.Find("input").Change("wrong voucher");
        var button = dialog.Find(".btn.danger");
        Assert.Equal("Cancel the campaign", button.TextContent);
        button.Click();
        Assert.Equal(new Confirmed("wrong voucher"), _answer);
    }

    [Fact]
    public void Keeping_gives_no_answer()
    {
        Draw(_deed).Find(".btn:not(.danger)").Click();
        Assert.Null(_answer);
    }

    [Fact]
    public void What_nothing_brings_back_wants_its_name_typed()
    {
        var dialog = Draw(_deed with { AsksWhy = false, TypeToConfirm = "aurelia" });
        Assert.True(dialog.Find(".btn.danger").HasAttribute("disabled"));
        dialog.Find("input").Input("aurelia");
        Assert.False(dialog.Find(".btn.danger").HasAttribute("disabled"));
    }

    private IRenderedComponent<ConfirmDialog> Draw(Deed deed)
    {
        var dialogs = Services.GetRequiredService<DialogService>();
        _ = dialogs.OpenAsync<ConfirmDialog>(deed.Question);
        return Render<ConfirmDialog>(p => p.Add(d => d.Deed, deed));
    }
}
