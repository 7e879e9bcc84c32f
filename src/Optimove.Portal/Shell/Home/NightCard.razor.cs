using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Shell.Home;

/// <summary>The last night on one axis of time; text keeps its size and the drawing scrolls sideways where room is short.</summary>
public sealed partial class NightCard
{
    private const double Left = 128, Width = 960, Right = 24, RowHeight = 28, Bar = 14;

    [Parameter, EditorRequired] public LastNight? Night { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    private IReadOnlyList<NightBar> Bars => Night is null ? [] : NightBars.Of(Night, Now);

    private string? Note => Night is { Night: var night } ? $"{Format.Date(night.Date)}, from {Clock(night.StartedAt)} {Zone.Id}" : null;

    private string Clock(DateTimeOffset moment) => Format.Clock(moment, Zone);

    private MarkupString Chart(IReadOnlyList<NightBar> bars)
    {
        var scale = new NightScale(bars, Now);
        var bottom = 8 + bars.Count * RowHeight;
        var svg = new StringBuilder($"<svg class=\"night\" viewBox=\"0 0 {N(Width)} {N(bottom + 26)}\" role=\"img\" aria-label=\"Timeline of the night from {Clock(scale.From)} to {Clock(scale.To)}\">");
        var now = X(scale, Now);
        foreach (var mark in scale.Marks)
        {
            var x = X(scale, mark);
            svg.Append($"<line class=\"gr\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"4\" y2=\"{N(bottom)}\"/>");
            if (!scale.HasNow || Math.Abs(x - now) > 56) svg.Append($"<text class=\"ax\" x=\"{N(x)}\" y=\"{N(bottom + 18)}\" text-anchor=\"middle\">{Clock(mark)}</text>");
        }
        if (scale.HasNow)
            svg.Append($"<line class=\"now\" x1=\"{N(now)}\" x2=\"{N(now)}\" y1=\"2\" y2=\"{N(bottom)}\"/><text class=\"lb\" x=\"{N(now)}\" y=\"{N(bottom + 18)}\" text-anchor=\"middle\">Now {Clock(Now)}</text>");
        for (var i = 0; i < bars.Count; i++) Row(svg, scale, bars[i], 8 + i * RowHeight);
        return new(svg.Append("</svg>").ToString());
    }

    private static void Row(StringBuilder svg, NightScale scale, NightBar bar, double y)
    {
        var (from, to) = (X(scale, bar.From), Math.Max(X(scale, bar.From) + 6, X(scale, bar.To)));
        var middle = y + RowHeight / 2 - 3;
        // A label of about six pixels a character stands where it has room: right of its bar, else left of it, else in it.
        var length = bar.Label.Length * 6.2;
        var (at, anchor, place) = Width - to - 8 > length ? (to + 8, "start", "") : from - 8 - length > Left ? (from - 8, "end", "") : (from + 8, "start", " on-bar");
        var css = bar.Tone switch { NightTone.Running => "night-running", NightTone.NoAnswer => "night-noanswer", _ => "night-done" };
        svg.Append($"<text class=\"tx\" x=\"0\" y=\"{N(middle + 4)}\">{WebUtility.HtmlEncode(Short(bar.Name))}</text>")
            .Append($"<rect class=\"{css}\" x=\"{N(from)}\" y=\"{N(middle - Bar / 2)}\" width=\"{N(to - from)}\" height=\"{N(Bar)}\" rx=\"3\"/>")
            .Append($"<text class=\"tx{place}\" x=\"{N(at)}\" y=\"{N(middle + 4)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(bar.Label)}</text>");
    }

    private static double X(NightScale scale, DateTimeOffset moment) => Left + scale.At(moment) * (Width - Left - Right);

    private static string Short(string name) => name.Length > 20 ? name[..19] + "…" : name;

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
