using Bunit;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Ui.Forms;

namespace Optimove.Portal.Tests.Ui.Forms;

public sealed class FieldTests : UiContext
{
    [Fact]
    public void The_label_names_the_control_and_the_hint_describes_it()
    {
        var field = Draw(error: null);
        var input = field.Find("input");
        Assert.Equal(input.Id, field.Find("label").GetAttribute("for"));
        Assert.Equal("On the quarter hour.", field.Find("#" + input.GetAttribute("aria-describedby")).TextContent);
        Assert.False(input.HasAttribute("aria-invalid"));
    }

    [Fact]
    public void An_error_takes_the_place_of_the_hint()
    {
        var field = Draw(error: "Take 10:00 or 10:15.");
        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Take 10:00 or 10:15.", field.Find("#" + input.GetAttribute("aria-describedby")).TextContent);
        Assert.Empty(field.FindAll(".hint"));
    }

    private IRenderedComponent<Field> Draw(string? error) => Render<Field>(p => p
        .Add(f => f.Label, "Sending time").Add(f => f.Hint, "On the quarter hour.").Add(f => f.Error, error)
        .Add(f => f.ChildContent, context => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, context.Attributes);
            builder.CloseElement();
        }));
}
