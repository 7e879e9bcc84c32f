using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Campaigns.Reach;

/// <summary>
/// Whom a campaign would reach if its list were made now: InGroup = NoAddress + BadAddress + OptedOut + SameMailbox + NoApp + Reachable.
/// </summary>
/// <param name="Took">How long counting took.</param>
public sealed record ReachCounts(long InGroup, long NoAddress, long BadAddress, long OptedOut, long SameMailbox, long Reachable, DateOnly DataDate, TimeSpan Took)
{
    /// <summary>By what the provider knows customers, and on which channel.</summary>
    public Addressing By { get; init; } = new("email", "email", Channel.Email, "e-mail address", IsEmail: true);

    /// <summary>Customers who use none of the apps that the template is for.</summary>
    public long NoApp { get; init; }

    /// <summary>Reachable customers who would be held back, about: the draw is made with the list.</summary>
    public long Control(decimal share) => (long)Math.Round(Reachable * share);

    public long Unexplained => InGroup - NoAddress - BadAddress - OptedOut - SameMailbox - NoApp - Reachable;
}

/// <summary>What stands between a customer of the group and a message.</summary>
public enum ReachFate { Reachable, NoAddress, BadAddress, OptedOut, SameMailbox, NoApp }

/// <summary>A customer behind one of the counts.</summary>
public sealed record ReachPerson(string CustomerId, string? Address);
