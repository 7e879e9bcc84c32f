using Optimove.Portal.Statistics;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>What a control share lets a campaign prove, by the group's own buying (ANALYSIS 2.4, point 8). Shares, rates and lifts are shares of 1.</summary>
/// <param name="Reachable">Customers who are test or control.</param>
/// <param name="Lift">The relative lift of the response rate that one hopes to prove.</param>
public sealed record ControlPower(long Reachable, BaseRate Base, double Lift)
{
    /// <summary>The lift assumed until a campaign of the client has closed.</summary>
    public const double AssumedLift = 0.2;

    public const double MostShare = 0.25;

    /// <summary>Whether there is anything to reckon with.</summary>
    public bool IsKnown => Reachable > 1 && Base.Rate is > 0 and < 1;

    public long Control(double share) => (long)Math.Round(Reachable * share);

    public double Chance(double share) => Power.AtShare(Reachable, share, Base.Rate, Lift);

    /// <summary>The smallest relative lift with an 80 % chance; null when not even the largest has it.</summary>
    public double? SmallestLift(double share) => Power.SmallestLift(Base.Rate, Reachable - Control(share), Control(share));

    /// <summary>KPI that the control would have brought more, if they had got the message and the lift is true.</summary>
    public double HeldBack(double share) => Control(share) * Base.MeanValue * Lift;

    /// <summary>The smallest whole per cent with an 80\u00A0% chance, up to the most that can be chosen.</summary>
    public double? SmallestShare { get; } = Reachable > 1 && Base.Rate is > 0 and < 1
        && Power.SmallestShare(Reachable, Base.Rate, Lift) is { } share && share <= MostShare ? share : null;

    public bool IsEnough(double share) => Chance(share) >= Power.Aim;

    /// <summary>What to make of a share, in one or two sentences.</summary>
    public string Advice(double share)
    {
        if (SmallestShare is not { } smallest)
            return "No share gives an 80\u00A0% chance with so few people. Read the sum of several sends, or hope for a larger effect.";
        if (Math.Abs(share - smallest) < 0.005)
            return $"{Per(smallest)} is the smallest share that gives an 80\u00A0% chance.";
        return share < smallest
            ? $"With {Per(share)} {(Chance(share) < 0.5 ? $"you would probably see nothing ({Per(Chance(share))})" : $"the chance is {Per(Chance(share))}")}. {Per(smallest)} is the smallest share that gives an 80\u00A0% chance."
            : $"{Per(smallest)} would be enough for an 80\u00A0% chance; the rest is held back for certainty.";
    }

    private static string Per(double share) => $"{Math.Round(share * 100):0}\u00A0%";
}
