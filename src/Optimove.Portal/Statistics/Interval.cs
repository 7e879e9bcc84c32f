namespace Optimove.Portal.Statistics;

/// <summary>A two-sided interval, Lower at most Upper, in the unit of what it estimates; 95 % unless its maker says otherwise.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether the value lies inside or on an edge.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>The same interval in a unit that is <paramref name="factor"/> (at least 0) times finer.</summary>
    public Interval Times(double factor) => new(Lower * factor, Upper * factor);
}
