using Bunit;
using Optimove.Portal.TargetGroups.Segments;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.TargetGroups.Segments;

public sealed class SegmentFormTests : UiContext
{
    [Fact]
    public void What_is_missing_is_said_beside_its_field_and_nothing_is_saved_until_it_is_there()
    {
        var saved = new List<SegmentDraft>();
        var form = Render<SegmentForm>(p => p.Add(f => f.Groups, [(7, "Gold")]).Add(f => f.OnSave, saved.Add));
        form.Find("form").Submit();
        Assert.Equal(2, form.FindAll(".field.invalid").Count);
        Assert.Empty(saved);
        form.Find("input.input").Change("Best");
        form.FindAll("select")[1].Change("7");
        form.Find("form").Submit();
        Assert.Equal(("Best", 7, SegmentKind.Value), (saved.Single().Name, saved.Single().TargetGroupId, saved.Single().Kind));
    }

    [Fact]
    public void The_kind_of_a_segment_that_is_there_cannot_be_changed()
    {
        var form = Render<SegmentForm>(p => p.Add(f => f.Groups, [(7, "Gold")]).Add(f => f.OnSave, _ => { }).Add(f => f.Segment, new() { Name = "Active", Kind = SegmentKind.Lifecycle, TargetGroupId = 7 }));
        Assert.Single(form.FindAll("select"));
        Assert.Contains("Lifecycle stage", form.Markup);
    }
}
