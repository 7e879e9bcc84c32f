using Optimove.Portal.Twins.Appboy.Pushes;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Appboy.Observed;

/// <summary>One look at an account of the twin: for tests and for the twin page in development.</summary>
public sealed record AppboyState
{
    public required string Account { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required long CallsReceived { get; init; }
    public required int PeakConcurrency { get; init; }
    public required IReadOnlyList<Fault> Faults { get; init; }
    public required IReadOnlyList<AppGroupState> Groups { get; init; }
    public required IReadOnlyList<ReceivedCall> Calls { get; init; }

    /// <param name="calls">At most so many calls, the newest first.</param>
    public static AppboyState Of(AppboyAccount account, int calls = 200)
    {
        lock (account.Gate)
        {
            account.Advance(account.Now);
            return new AppboyState
            {
                Account = account.Name,
                Now = account.Now,
                CallsReceived = account.Log.Total,
                PeakConcurrency = account.PeakConcurrency,
                Faults = account.Faults.Current,
                Groups = [.. account.Groups.Values.Select(AppGroupState.Of)],
                Calls = account.Log.Recent(calls),
            };
        }
    }
}

/// <param name="Pushes">The newest first, at most 200.</param>
/// <param name="Duplicates">Who got more than one message of one order: empty when the sender works.</param>
public sealed record AppGroupState(string Id, string Name, int Users, int Campaigns, int Waiting, int Messages, IReadOnlyList<AppboyPushState> Pushes, IReadOnlyList<string> Duplicates)
{
    internal static AppGroupState Of(AppGroup group) => new(group.Id, group.Name, group.Users.Count, group.Campaigns.Count,
        group.Pushes.Count(p => p.Status == PushStatus.Scheduled), group.Pushes.Sum(p => p.Messages.Length),
        [.. group.Pushes.AsEnumerable().Reverse().Take(200).Select(p => new AppboyPushState(p.DispatchId, p.ScheduleId, p.CampaignId, p.Order, p.At, p.Status, p.Recipients.Length, p.Messages.Length))],
        [.. group.Pushes.Where(p => p.Order is not null).SelectMany(p => p.Messages.Select(m => (p.Order, m.User))).GroupBy(m => m).Where(g => g.Count() > 1).Select(g => g.Key.User).Distinct()]);
}

/// <summary>One accepted call to send or schedule: how many people it named and how many messages went out.</summary>
public sealed record AppboyPushState(string DispatchId, string? ScheduleId, string CampaignId, string? Order, DateTimeOffset At, PushStatus Status, int Recipients, int Messages);
