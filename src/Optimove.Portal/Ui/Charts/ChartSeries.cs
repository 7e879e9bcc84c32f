namespace Optimove.Portal.Ui.Charts;

/// <summary>How a series is drawn: colour, and dashes for the control.</summary>
public enum SeriesTone
{
    Test,
    Control,
    Second,
    Third,
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">Written at its end, before the last value.</param>
/// <param name="Values">One for each point of the horizontal axis; null leaves a gap in the line.</param>
/// <param name="Band">The 95 % interval at each point, or null for no band.</param>
public sealed record ChartSeries(
    string Name,
    IReadOnlyList<double?> Values,
    SeriesTone Tone = SeriesTone.Test,
    IReadOnlyList<(double Lower, double Upper)>? Band = null)
{
    internal string Css => Tone switch
    {
        SeriesTone.Control => "control",
        SeriesTone.Second => "second",
        SeriesTone.Third => "third",
        _ => "test",
    };

    internal int Last
    {
        get
        {
            var i = Values.Count - 1;
            while (i >= 0 && Values[i] is null)
                i--;
            return i;
        }
    }

    internal IEnumerable<double> Extremes() => Values.Where(v => v.HasValue).Select(v => v!.Value)
        .Concat(Band?.SelectMany(b => new[] { b.Lower, b.Upper }) ?? []);
}
