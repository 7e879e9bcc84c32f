using Optimove.Portal.Campaigns;

namespace Optimove.Portal.Shell.Home;

/// <summary>The sums at the foot of today's table: Considered = Excluded + Control + Accepted + Rejected + Left, or somebody is unexplained.</summary>
/// <param name="Left">Still to go, those without an answer among them.</param>
public sealed record TodaySums(long Considered, long Excluded, long Control, long Accepted, long Rejected, long Unknown, long Left)
{
    public static TodaySums Of(IEnumerable<Occurrence> occurrences) => occurrences.Aggregate(new TodaySums(0, 0, 0, 0, 0, 0, 0), (s, o) => new(
        s.Considered + o.Considered, s.Excluded + o.Excluded, s.Control + o.Control, s.Accepted + o.Accepted, s.Rejected + o.Rejected, s.Unknown + o.Unknown, s.Left + LeftOf(o)));

    /// <summary>Never below 0: more answers than people would be unexplained, not negative.</summary>
    public static long LeftOf(Occurrence o) => Math.Max(0, o.StillToGo) + o.Unknown;

    public long Unexplained => Math.Abs(Considered - Excluded - Control - Accepted - Rejected - Left);
}
