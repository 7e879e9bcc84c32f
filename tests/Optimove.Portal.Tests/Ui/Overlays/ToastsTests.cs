using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Tests.Ui.Overlays;

public sealed class ToastsTests : UiContext
{
    [Fact]
    public void What_went_well_leaves_after_a_while_and_an_error_stays()
    {
        var list = Render<ToastList>();
        Toasts.Confirm("Scheduled");
        Toasts.Fail("Not saved");
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll(".toast").Count));
        Clock.Advance(TimeSpan.FromHours(1));
        list.WaitForAssertion(() => Assert.Contains("Not saved", Assert.Single(list.FindAll(".toast")).TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Undo_runs_once_and_closes_the_toast()
    {
        var undone = 0;
        var list = Render<ToastList>();
        Toasts.Confirm("Cancelled", undo: () =>
        {
            undone++;
            return Task.CompletedTask;
        });
        list.WaitForElement(".btn").Click();
        Assert.Equal(1, undone);
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".toast")));
    }

    [Fact]
    public void An_error_is_read_out_at_once()
    {
        Toasts.Fail("Not saved");
        Assert.Equal("alert", Render<ToastList>().Find(".toast").GetAttribute("role"));
    }

    private Toasts Toasts => Services.GetRequiredService<Toasts>();
}
