using System.Globalization;

namespace Optimove.Portal.Ui.Charts;

/// <summary>One labelled place on an axis; At is 0 at its beginning and 1 at its end. A minor one gives way where room is short.</summary>
public readonly record struct Tick(double At, string Label, bool Minor = false);

/// <summary>A stretch of numbers from one round value to another, with round steps between.</summary>
/// <param name="Values">Ascending, the first and the last being the ends.</param>
public sealed record Axis(IReadOnlyList<double> Values)
{
    public double From => Values[0];

    public double To => Values[^1];

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end; values outside lie outside.</summary>
    public double At(double value) => (value - From) / (To - From);

    /// <summary>The smallest round axis that holds both values in about <paramref name="steps"/> steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static Axis Holding(double lowest, double highest, int steps = 5, bool wholeSteps = false)
    {
        if (!(highest > lowest))
            (lowest, highest) = lowest == 0 ? (0, 1) : (Math.Min(lowest, 0), Math.Max(lowest, 0));
        var step = RoundStep((highest - lowest) / steps);
        if (wholeSteps)
            step = Math.Max(1, step == 2.5 ? 5 : step);
        var first = Math.Floor(lowest / step + 1e-9);
        var last = Math.Ceiling(highest / step - 1e-9);
        return new Axis([.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 12))]);
    }

    /// <summary>The axis that several intervals share: holds them all, and 0 with room on both sides.</summary>
    public static Axis HoldingIntervals(IEnumerable<(double Lower, double Upper)> intervals, int steps = 6)
    {
        double lowest = 0, highest = 0;
        foreach (var (lower, upper) in intervals)
            (lowest, highest) = (Math.Min(lowest, lower), Math.Max(highest, upper));
        var axis = Holding(lowest, highest, steps);
        var step = axis.Values[1] - axis.Values[0];
        double[] before = axis.From == 0 ? [-step] : [], after = axis.To == 0 ? [step] : [];
        return new Axis([.. before, .. axis.Values, .. after]);
    }

    /// <summary>The ticks of the axis; every second one is minor when there are more than five, 0 and the ends preferred.</summary>
    public IReadOnlyList<Tick> Ticks(Func<double, string> label)
    {
        var zero = Math.Max(0, Values.ToList().IndexOf(0));
        return [.. Values.Select((value, i) => new Tick(At(value), label(value), Values.Count > 5 && (i - zero) % 2 != 0))];
    }

    /// <summary>Ticks under <paramref name="count"/> evenly spaced points, the first and the last among them: a round step where one
    /// divides the stretch into two to six, half of them minor; else the middle.</summary>
    public static IReadOnlyList<Tick> Every(int count, Func<int, string> label)
    {
        var last = count - 1;
        if (last < 1)
            return count == 0 ? [] : [new Tick(0, label(0))];
        var step = new[] { 1, 2, 5, 7, 10, 14, 15, 30, 60, 90 }.FirstOrDefault(s => last % s == 0 && last / s <= 6);
        int[] at = step > 0 && last / step > 1 ? [.. Enumerable.Range(0, last / step + 1).Select(i => i * step)]
            : last == 1 ? [0, 1]
            : [0, last / 2, last];
        return [.. at.Select((point, i) => new Tick((double)point / last, label(point), at.Length > 4 && i % 2 == 1 && i != at.Length - 1))];
    }

    /// <summary>A share of 1 as CSS per cent.</summary>
    internal static string Css(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>A length as CSS pixels.</summary>
    internal static string Px(double length) => length.ToString("0.#", CultureInfo.InvariantCulture) + "px";

    /// <summary>A place in a drawing of 1000 by 1000, y growing downwards.</summary>
    internal static string Svg(double share) => (share * 1000).ToString("0.#", CultureInfo.InvariantCulture);

    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var lead = rough / power;
        return power * (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 2.5001 ? 2.5 : lead <= 5.0001 ? 5 : 10);
    }
}
