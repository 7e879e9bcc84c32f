using System.Text;
using Microsoft.AspNetCore.Components;

namespace Optimove.Portal.Ui.Charts;

/// <summary>One or more lines over evenly spaced points, each named at its end, with 95 % bands and gaps where values are missing.
/// The vertical axis begins at 0, or the chart says where it begins.</summary>
public sealed partial class LineChart
{
    private const double LabelGap = 17;

    private Axis axis = Axis.Holding(0, 1);
    private int points;
    private ChartSeries[] drawn = [];
    private IReadOnlyList<End> ends = [];

    /// <summary>The one sentence that says what the picture shows.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ChartSeries> Series { get; set; }

    /// <summary>The text under a point, by its index.</summary>
    [Parameter, EditorRequired] public required Func<int, string> Label { get; set; }

    /// <summary>How a value is written on the axis.</summary>
    [Parameter, EditorRequired] public required Func<double, string> Value { get; set; }

    /// <summary>How the last value is written at the line's end; as on the axis unless given.</summary>
    [Parameter] public Func<double, string>? EndValue { get; set; }

    /// <summary>Height of the plot without its labels, in pixels.</summary>
    [Parameter] public double Height { get; set; } = 202;

    [Parameter] public bool FromZero { get; set; } = true;

    /// <summary>Whether the values are counts, so that the axis has whole steps.</summary>
    [Parameter] public bool Whole { get; set; }

    /// <summary>Whether each line's last value wears a dot.</summary>
    [Parameter] public bool EndDots { get; set; }

    /// <summary>A sentence below the chart.</summary>
    [Parameter] public string? Note { get; set; }

    protected override void OnParametersSet()
    {
        points = Series.Count == 0 ? 0 : Series.Max(s => s.Values.Count);
        drawn = [.. Series.OrderByDescending(s => s.Tone)];
        var values = Series.SelectMany(s => s.Extremes()).DefaultIfEmpty(0).ToArray();
        double lowest = values.Min(), highest = values.Max();
        if (FromZero)
            (lowest, highest) = (Math.Min(0, lowest), Math.Max(0, highest));
        else if (lowest == highest)
            (lowest, highest) = (lowest - 1, highest + 1);
        axis = Axis.Holding(lowest, highest, 5, Whole);
        ends = Spread([.. Series.Where(s => s.Last >= 0).Select(EndOf).OrderBy(e => e.Y)]);
    }

    private double X(int index) => points < 2 ? 0 : (double)index / (points - 1);

    private End EndOf(ChartSeries series)
    {
        var value = series.Values[series.Last]!.Value;
        var text = $"{series.Name} {(EndValue ?? Value)(value)}".TrimStart();
        var y = (1 - axis.At(value)) * Height;
        return new End(series, text, X(series.Last), y, y, false);
    }

    /// <summary>Pushes labels apart until none covers another; they stay in the order of their lines.</summary>
    private IReadOnlyList<End> Spread(List<End> labels)
    {
        for (var i = 1; i < labels.Count; i++)
            labels[i] = labels[i] with { LabelY = Math.Max(labels[i].LabelY, labels[i - 1].LabelY + LabelGap) };
        var overflow = labels.Count == 0 ? 0 : Math.Max(0, labels[^1].LabelY - Height);
        for (var i = labels.Count - 1; i >= 0 && overflow > 0; i--)
        {
            labels[i] = labels[i] with { LabelY = labels[i].LabelY - overflow };
            overflow = i == 0 ? 0 : Math.Max(0, labels[i - 1].LabelY + LabelGap - labels[i].LabelY);
        }
        if (labels.Count > 0)
            labels[0] = labels[0] with { Above = labels.Count > 1 || labels[0].Y > Height / 2 };
        return labels;
    }

    /// <summary>Where a label inside the plot, about a third of a phone wide, does not touch its own line.</summary>
    private double ClearOfLine(End end)
    {
        var under = end.Series.Values.Take(end.Series.Last + 1).TakeLast(Math.Max(1, points / 3)).Where(v => v.HasValue)
            .Select(v => (1 - axis.At(v!.Value)) * Height).ToArray();
        return end.Above ? Math.Max(22, under.Min()) : Math.Min(Height - 24, under.Max());
    }

    private string Path(ChartSeries series)
    {
        var path = new StringBuilder();
        var pen = 'M';
        for (var i = 0; i < series.Values.Count; i++)
        {
            if (series.Values[i] is not { } value)
            {
                pen = 'M';
                continue;
            }
            path.Append(pen).Append(Point(i, value)).Append(' ');
            pen = 'L';
        }
        return path.ToString().TrimEnd();
    }

    private string BandPoints(ChartSeries series)
    {
        var upper = series.Band!.Select((band, i) => Point(i, band.Upper));
        var lower = series.Band!.Select((band, i) => Point(i, band.Lower)).Reverse();
        return string.Join(' ', upper.Concat(lower));
    }

    private string Point(int index, double value) => $"{Axis.Svg(X(index))},{Axis.Svg(1 - axis.At(value))}";

    private sealed record End(ChartSeries Series, string Text, double X, double Y, double LabelY, bool Above);
}
