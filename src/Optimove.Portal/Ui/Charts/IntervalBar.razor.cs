using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Ui.Charts;

/// <summary>An estimate as a dot on the pale bar of its 95 % interval, 0 always drawn. Green above 0, red below, grey when it could be
/// either. Bars that are read together are given the same scale.</summary>
public sealed partial class IntervalBar
{
    private const double LabelRoom = 0.2;

    /// <summary>What is estimated, as the beginning of a sentence: "Increase in value".</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required double Value { get; set; }

    [Parameter, EditorRequired] public required double Lower { get; set; }

    [Parameter, EditorRequired] public required double Upper { get; set; }

    /// <summary>Holds 0 and every interval drawn beside this one; see <see cref="Axis.HoldingIntervals"/>.</summary>
    [Parameter, EditorRequired] public required Axis Scale { get; set; }

    /// <summary>How a value is written.</summary>
    [Parameter, EditorRequired] public required Func<double, string> Show { get; set; }

    /// <summary>How a value is written on the scale, where room is short.</summary>
    [Parameter] public Func<double, string>? ShowTick { get; set; }

    /// <summary>The bar alone, for a row of a table that has the figures.</summary>
    [Parameter] public bool Compact { get; set; }

    private double Low => Scale.At(Lower);

    private double Middle => Scale.At(Value);

    private double High => Scale.At(Upper);

    private bool Tight => Middle - Low < LabelRoom || High - Middle < LabelRoom;

    private string Tone => Lower > 0 ? "good" : Upper < 0 ? "bad" : "idle";

    private string Sentence => $"{Name}: {Show(Value)}, with 95\u00A0% certainty between {Show(Lower)} and {Show(Upper)}.";

    private RenderFragment Bar => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "track");
        builder.AddMarkupContent(2,
            "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">" + Grid()
            + $"<line class=\"zero\" x1=\"{Axis.Svg(Scale.At(0))}\" x2=\"{Axis.Svg(Scale.At(0))}\" y1=\"0\" y2=\"1000\" vector-effect=\"non-scaling-stroke\"/></svg>"
            + $"<i class=\"range\" style=\"left:{Axis.Css(Low)};width:{Axis.Css(High - Low)}\"></i>"
            + $"<i class=\"dot\" style=\"left:{Axis.Css(Middle)}\"></i>");
        builder.CloseElement();
    };

    private string Grid() => Compact ? "" : string.Concat(Scale.Values.Select(v =>
        $"<line class=\"grid\" x1=\"{Axis.Svg(Scale.At(v))}\" x2=\"{Axis.Svg(Scale.At(v))}\" y1=\"0\" y2=\"1000\" vector-effect=\"non-scaling-stroke\"/>"));

    private string Side(double at, bool outer, bool last = false) =>
        outer && Tight ? (last ? "start" : "end") : Edge(at);

    private static string Edge(double at) => at < 0.06 ? "start" : at > 0.94 ? "end" : "middle";
}
