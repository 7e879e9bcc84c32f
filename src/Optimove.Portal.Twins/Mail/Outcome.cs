using System.Text;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Mail;

/// <summary>Why a mail came back, if it did.</summary>
public enum Bounce { None, Hard, Soft, Syntax }

/// <summary>
/// What becomes of one mail, wholly decided by campaign id and address: the same in every process. Times count from the campaign's
/// send time; everything has happened after seven days.
/// </summary>
public readonly record struct Outcome
{
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public Bounce Bounce { get; private init; }
    public TimeSpan? BouncedAfter { get; private init; }
    /// <summary>The first open; null when it is never opened.</summary>
    public TimeSpan? OpenedAfter { get; private init; }
    /// <summary>Opens after the first, evenly spread over <see cref="ReopenEvery"/>.</summary>
    public int Reopens { get; private init; }
    public TimeSpan ReopenEvery { get; private init; }
    /// <summary>The first click; only who opens clicks.</summary>
    public TimeSpan? ClickedAfter { get; private init; }
    /// <summary>The click on a second link, a minute after the first, if there is one.</summary>
    public bool ClicksSecondLink { get; private init; }
    public TimeSpan? UnsubscribedAfter { get; private init; }
    public TimeSpan? ComplainedAfter { get; private init; }

    public bool Delivered => Bounce == Bounce.None;

    public static Outcome Of(string campaignId, string address) => Of(campaignId, Encoding.UTF8.GetBytes(address.ToLowerInvariant()));

    public static Outcome Of(string campaignId, ReadOnlySpan<byte> lowerCaseAddress)
    {
        var draw = new Draws(Seed(campaignId, lowerCaseAddress));
        var bounce = draw.Next() switch { < 0.006 => Bounce.Hard, < 0.018 => Bounce.Soft, < 0.0185 => Bounce.Syntax, _ => Bounce.None };
        if (bounce != Bounce.None) return new Outcome { Bounce = bounce, BouncedAfter = bounce == Bounce.Syntax ? TimeSpan.Zero : TimeSpan.FromHours(2 * draw.Next()) };
        var leaves = draw.Next() < 0.004 ? TimeSpan.FromHours(2 + 160 * draw.Next()) : (TimeSpan?)null;
        if (draw.Next() >= 0.27) return new Outcome { UnsubscribedAfter = leaves };
        var opened = OpenDelay(ref draw);
        return new Outcome
        {
            OpenedAfter = opened,
            Reopens = draw.Next() switch { < 0.62 => 0, < 0.87 => 1, < 0.97 => 2, _ => 3 },
            ReopenEvery = (Week - opened) / 4 * draw.Next(),
            ClickedAfter = draw.Next() < 0.15 ? Earlier(opened + TimeSpan.FromMinutes(0.2 + 20 * draw.Next()), Week - TimeSpan.FromMinutes(1)) : null,
            ClicksSecondLink = draw.Next() < 0.3,
            UnsubscribedAfter = leaves,
            ComplainedAfter = draw.Next() < 0.001 ? opened : null,
        };
    }

    /// <summary>When in the course of sending this mail's turn comes: 0 at the start, below 1.</summary>
    internal static double TurnOf(string campaignId, ReadOnlySpan<byte> lowerCaseAddress) => new Draws(~Seed(campaignId, lowerCaseAddress)).Next();

    /// <summary>Four of five who open do so within the first day, half of those in the first three hours; the others over the week, fewer each day.</summary>
    private static TimeSpan OpenDelay(ref Draws draw)
    {
        if (draw.Next() < 0.8) return Earlier(TimeSpan.FromHours(-4.3 * Math.Log(1 - draw.Next())), TimeSpan.FromHours(24));
        var late = draw.Next();
        return TimeSpan.FromHours(24 + 143.5 * late * late);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static ulong Seed(string campaignId, ReadOnlySpan<byte> address) => StableHash.Of(address) ^ StableHash.Of(campaignId);

    private struct Draws(ulong seed)
    {
        private ulong _state = seed;

        /// <summary>The next number from 0 (included) to 1 (excluded).</summary>
        public double Next() => (StableHash.Mix(_state += 0x9E3779B97F4A7C15UL) >> 11) * (1.0 / (1UL << 53));
    }
}
