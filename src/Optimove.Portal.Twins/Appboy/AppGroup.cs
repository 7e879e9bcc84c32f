using System.Security.Cryptography;
using System.Text;
using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Appboy.Pushes;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>An app group (workspace): users, campaigns and pushes of its own, and a quota of calls.</summary>
public sealed class AppGroup
{
    private readonly AppboyAccount _account;
    private readonly CallWindow _hour = new(250_000, TimeSpan.FromHours(1));
    private readonly CallWindow _figures = new(50_000, TimeSpan.FromMinutes(1));

    internal AppGroup(AppboyAccount account, string id, string name, string? restKey) => (_account, Id, Name, RestKey) = (account, id, name, restKey);

    public string Id { get; }
    public string Name { get; }
    public string? RestKey { get; }

    /// <summary>Calls per clock hour.</summary>
    public int HourlyLimit { get => _hour.Limit; set => _hour.Limit = value; }

    /// <summary>Permissions that the key lacks, as <c>campaigns.trigger.send</c>.</summary>
    public ISet<string> Denied { get; } = new SortedSet<string>(StringComparer.Ordinal);

    internal Dictionary<string, Platforms> Users { get; } = new(StringComparer.Ordinal);
    internal SortedDictionary<string, AppboyCampaign> Campaigns { get; } = new(StringComparer.Ordinal);
    internal List<AppboyPush> Pushes { get; } = [];
    internal Dictionary<string, AppboyPush> Schedules { get; } = new(StringComparer.Ordinal);
    internal CallWindow Broadcasts { get; } = new(250, TimeSpan.FromMinutes(1));

    /// <param name="push">Platforms with push switched on; none makes users whom Appboy knows and cannot reach.</param>
    public void AddUsers(IEnumerable<string> externalIds, Platforms push = Platforms.Ios)
    {
        lock (_account.Gate)
            foreach (var id in externalIds) Users[id] = push;
        _account.Changed();
    }

    public AppboyCampaign AddCampaign(AppboyCampaign campaign)
    {
        lock (_account.Gate)
        {
            if (campaign.CreatedAt == default) campaign.CreatedAt = _account.Now;
            if (campaign.EditedAt == default) campaign.EditedAt = campaign.CreatedAt;
            Campaigns.Add(campaign.Id, campaign);
        }
        _account.Changed();
        return campaign;
    }

    /// <summary>Calls that other software of the client's makes in this hour.</summary>
    public void UseCalls(int calls)
    {
        lock (_account.Gate) _hour.Take(_account.Now, calls);
    }

    /// <summary>Everybody whom messages went to and how many, of one order or of all.</summary>
    /// <param name="includeScheduled">Counts what is still scheduled as if it were sent now.</param>
    public IReadOnlyDictionary<string, int> Deliveries(string? order = null, bool includeScheduled = false)
    {
        lock (_account.Gate)
        {
            _account.Advance(_account.Now);
            return Pushes.Where(p => order is null || p.Order == order)
                .SelectMany(p => p.Status == PushStatus.Sent ? p.Messages : includeScheduled && p.Status == PushStatus.Scheduled ? Reach(p) : [])
                .GroupBy(m => m.User).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        }
    }

    /// <summary>The trigger properties of the user's own that came with each push that named the user, in order.</summary>
    public IReadOnlyList<string> PersonalOf(string user)
    {
        lock (_account.Gate) return [.. Pushes.Where(p => p.Personal.ContainsKey(user)).Select(p => p.Personal[user])];
    }

    /// <summary>Pushes that still wait for their time, of one order.</summary>
    public int Waiting(string order)
    {
        lock (_account.Gate)
        {
            _account.Advance(_account.Now);
            return Pushes.Count(p => p.Order == order && p.Status == PushStatus.Scheduled);
        }
    }

    internal Quota TakeCall(DateTimeOffset now, bool figures) => (figures ? _figures : _hour).Take(now);

    internal string NextId(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}/{of}/{Pushes.Count + 1}")))[..24];

    internal void Add(AppboyPush push)
    {
        Pushes.Add(push);
        if (push.ScheduleId is { } schedule) Schedules.Add(schedule, push);
        if (push.Status == PushStatus.Sent)
            foreach (var message in push.Messages) Campaigns[push.CampaignId].Reached.Add(message.User);
        _account.Changed(push.Status == PushStatus.Scheduled ? push.At : null);
    }

    internal void Moved(AppboyPush push) => _account.Changed(push.At);

    internal void Deliver(AppboyPush push)
    {
        push.Messages = [.. Reach(push)];
        push.Status = PushStatus.Sent;
        foreach (var message in push.Messages) Campaigns[push.CampaignId].Reached.Add(message.User);
    }

    /// <summary>Known users of the campaign's segment with push on one of its platforms who may get it (again); the others are skipped silently.</summary>
    internal IEnumerable<PushMessage> Reach(AppboyPush push)
    {
        var campaign = Campaigns[push.CampaignId];
        if (!campaign.CanBeTriggered) yield break;
        foreach (var user in push.Recipients)
        {
            var platforms = Users.GetValueOrDefault(user) & campaign.Platforms;
            if (platforms != Platforms.None && campaign.Segment?.Contains(user) is not false && (campaign.Reeligible || !campaign.Reached.Contains(user)))
                yield return new PushMessage(user, platforms);
        }
    }
}
