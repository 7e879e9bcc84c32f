using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Campaigns;

/// <summary>What becomes of one message, wholly decided by dispatch and user: the same in every process. Times count from the send.</summary>
public readonly record struct PushOutcome(bool Bounced, TimeSpan? OpenedAfter, TimeSpan? InfluencedAfter)
{
    public static PushOutcome Of(string dispatchId, string user)
    {
        var state = StableHash.Of(dispatchId) ^ StableHash.Of(user);
        if (Next() < 0.012) return new PushOutcome(true, null, null);
        var direct = Next() < 0.07 ? Delay(hours: 5) : (TimeSpan?)null;
        return new PushOutcome(false, direct, direct is null && Next() < 0.09 ? Delay(hours: 20) : null);

        double Next() => (StableHash.Mix(state += 0x9E3779B97F4A7C15UL) >> 11) * (1.0 / (1UL << 53));
        TimeSpan Delay(double hours) => TimeSpan.FromHours(Math.Min(160, -hours * Math.Log(1 - Next())));
    }
}
