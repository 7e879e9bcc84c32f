using Optimove.Portal.Campaigns.Drafts;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Campaigns.Overview;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Campaigns.Scheduling;
using Optimove.Portal.Providers;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Campaigns.Preflight;

/// <summary>Everything that a person sees before launching.</summary>
/// <param name="Reach">Null where it cannot be counted; then <paramref name="ReachProblem"/> says why.</param>
public sealed record PreflightView(CampaignDraft Draft, IReadOnlyList<LaunchCheck> Checks, ReachCounts? Reach, string? ReachProblem, DateTimeOffset Now, TimeZoneInfo Zone)
{
    public bool IsDraft => Draft.Campaign.State == CampaignState.Draft;
    public int Stops => Checks.Count(c => c.Result == LaunchResult.Stops);
    public int ToLookAt => Checks.Count(c => c.Result == LaunchResult.LookAtIt);
    public int Good => Checks.Count(c => c.Result == LaunchResult.Good);

    public SendPlan? Plan => !IsDraft && Draft.Occurrence is { } o ? new(o.SendAt, o.LocksAt)
        : Draft.Campaign is { SendDate: { } date, SendTime: { } time } ? SendPlan.Make(date, time, Zone, Draft.NightlyAt, Now) : null;

    /// <summary>When the last one gets it, where the provider limits how fast people may be handed over.</summary>
    public SendForecast? Forecast => Draft.Connection?.Provider is { Pace: { } pace } provider && Reach is { } reach && Plan is { } plan
        ? new(pace, (int)(reach.Reachable - reach.Control(Draft.Campaign.ControlShare)), plan.SendAt, provider.HandOverLead ?? default) : null;

    /// <summary>Whether there is a hand-over to play before it happens.</summary>
    public bool CanRehearse => Draft is { HasWho: true, HasMessage: true, HasTime: true, Connection.Provider.ServedByPartner: false } && (IsDraft || Draft.Occurrence is { PushStartedAt: null, CancelledAt: null });

    public Status Status => IsDraft || Draft.Occurrence is null ? Status.Draft : OccurrenceStatus.Of(Draft.Occurrence, Now, Zone).Status;

    public bool CanTakeBack(DateTimeOffset now) => Draft.Occurrence is { } o && EditWindow.IsBeforeLock(o, now);
}

/// <summary>One bar of the way from the group to the message, with the word by which an address opens it.</summary>
public sealed record ReachBar(string Key, string Label, ReachFate? Fate, string Why, Func<ReachCounts, long> Count)
{
    /// <summary>The bars as a connection reaches people; those that cannot occur there are left out.</summary>
    public static IReadOnlyList<ReachBar> Of(Addressing by) =>
    [
        new("group", "Target group", null, "Everybody whom the rule names on today's data.", r => r.InGroup),
        new("no-address", Sentence(by.NoAddress), ReachFate.NoAddress, $"Their {by.Identity} is empty, so no message can be sent.", r => r.NoAddress),
        .. by.IsEmail ? new ReachBar[] { new("bad-address", "Address not valid", ReachFate.BadAddress, "What stands in their e-mail address is none.", r => r.BadAddress) } : [],
        new("opted-out", Sentence(by.OptedOut), ReachFate.OptedOut, "They said that they want none. This holds for every campaign on this channel.", r => r.OptedOut),
        .. by.Apps is null ? [] : new ReachBar[] { new("no-app", Sentence(by.NoApp), ReachFate.NoApp, "The client's app-user mapping says that they use none of its apps.", r => r.NoApp) },
        .. by.CanBeShared ? new ReachBar[] { new("same-mailbox", by.IsEmail ? "Same mailbox as another" : $"Same {by.Identity} as another", ReachFate.SameMailbox, "Another customer of the group has the same; it is written to once.", r => r.SameMailbox) } : [],
    ];

    public static ReachBar? Find(Addressing by, string key) => Of(by).FirstOrDefault(b => b.Key == key);

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
