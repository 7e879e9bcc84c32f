namespace Optimove.Portal.Campaigns.Reach;

/// <summary>
/// Whom a campaign would reach if its list were made now: InGroup = NoAddress + BadAddress + OptedOut + SameMailbox + Reachable.
/// </summary>
/// <param name="Took">How long counting took.</param>
public sealed record ReachCounts(long InGroup, long NoAddress, long BadAddress, long OptedOut, long SameMailbox, long Reachable, DateOnly DataDate, TimeSpan Took)
{
    /// <summary>Reachable customers who would be held back, about: the draw is made with the list.</summary>
    public long Control(decimal share) => (long)Math.Round(Reachable * share);

    public long Unexplained => InGroup - NoAddress - BadAddress - OptedOut - SameMailbox - Reachable;
}

/// <summary>What stands between a customer of the group and a message.</summary>
public enum ReachFate { Reachable, NoAddress, BadAddress, OptedOut, SameMailbox }

/// <summary>A customer behind one of the counts.</summary>
public sealed record ReachPerson(string CustomerId, string? Address);
