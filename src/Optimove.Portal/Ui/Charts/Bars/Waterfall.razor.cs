using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Ui.Charts.Bars;

/// <summary>From a whole to each of its parts, each bar beginning where the one above ended and leading to its people; closes with
/// what is left unexplained, which is the whole less the sum of the parts and should be 0.</summary>
public sealed partial class Waterfall
{
    private const string TickPath = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.3 8.2 7.2 10l3.5-3.8";
    private const string CrossPath = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6 6l4 4M10 6l-4 4";

    private IReadOnlyList<Fall> bars = [];

    /// <summary>The name of the whole: "Target group".</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>How many the whole holds.</summary>
    [Parameter, EditorRequired] public required long Whole { get; set; }

    /// <summary>Where all its people are listed.</summary>
    [Parameter] public string? Address { get; set; }

    /// <summary>In the order in which people left the path.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<WaterfallPart> Parts { get; set; }

    private long Unexplained => Whole - Parts.Sum(p => p.Count);

    private string RestTone => Unexplained == 0 ? "good" : "bad";

    private string Sentence =>
        $"From {Format.Number(Whole)} ({Label}) to each part; {(Unexplained == 0 ? "the parts add up" : Format.Number(Unexplained) + " are unexplained")}.";

    protected override void OnParametersSet()
    {
        var left = Whole;
        var falls = new List<Fall> { new(Label, "whole", 0, 1, Format.Number(Whole), Rate(Whole), Address, false) };
        foreach (var part in Parts)
        {
            left -= part.Count;
            var minus = part.Fate == WaterfallFate.Excluded ? -part.Count : part.Count;
            falls.Add(new Fall(part.Label, Css(part.Fate), Of(left), Of(part.Count), Format.Number(minus), Rate(part.Count), part.Address, part.Current));
        }
        bars = falls;
    }

    private double Of(long count) => Whole <= 0 ? 0 : Math.Clamp((double)count / Whole, 0, 1);

    private string Rate(long count) => Whole <= 0 ? "" : Format.Percent((double)count / Whole, count > 0 && count * 1000 < Whole ? 2 : 1);

    private static string Css(WaterfallFate fate) => fate switch
    {
        WaterfallFate.Excluded => "excluded",
        WaterfallFate.Control => "control",
        WaterfallFate.Failed => "failed",
        _ => "reached",
    };

    private sealed record Fall(string Label, string Css, double From, double Width, string Figure, string Rate, string? Address, bool Current);
}
