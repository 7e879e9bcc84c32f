using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Appboy.Pushes;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>An Appboy account with the connection's app groups, each with or without a key as there, and the one campaign in its app group.</summary>
internal sealed class AppboyStandIn : IStandIn
{
    private readonly AppboyAccount _account;
    private readonly AppGroup? _group;
    private readonly Platforms _platforms;
    private readonly string _campaign;

    public AppboyStandIn(TwinWorld world, StandInOrder order)
    {
        _account = world.AddAppboy(StandInCatalog.Account);
        var keys = order.Lines("RestKeys").Where(line => line.Length == 2).GroupBy(line => line[0]).ToDictionary(lines => lines.Key, lines => lines.First()[1]);
        foreach (var group in order.Lines("AppGroups").Where(line => line.Length == 3).DistinctBy(line => line[0]))
        {
            var made = _account.AddGroup(group[0], group[1], keys.GetValueOrDefault(group[0]));
            if (made.Id == order.Template.ScopeId) _group = made;
        }
        (_campaign, _platforms) = (order.Template.Name, PlatformsOf(order.Template.Platform ?? ""));
        _group?.AddCampaign(new() { Id = order.Template.Id, Name = order.Template.Name, Platforms = _platforms, Reeligible = true });
    }

    public Uri AddressAt(TwinHost host) => host.Appboy(_account.Name);

    public void AddPeople(IEnumerable<string> identities) => _group?.AddUsers(identities, _platforms);

    public IReadOnlyList<Arrival> Arrivals()
    {
        if (_group is null) return [];
        lock (_account.Gate)
        {
            return [.. _group.Pushes.Where(push => push.Status != PushStatus.Deleted).GroupBy(push => push.At).OrderBy(at => at.Key).Select(at =>
            {
                var reached = at.SelectMany(push => push.Status == PushStatus.Sent ? push.Messages : _group.Reach(push)).Select(message => message.User).ToList();
                return new Arrival(at.Key, _campaign, $"app group {_group.Name}", reached.Count, [.. reached.Take(Arrival.Shown)]);
            })];
        }
    }

    private static Platforms PlatformsOf(string words)
    {
        var named = (words.Contains("iOS", StringComparison.Ordinal) ? Platforms.Ios : Platforms.None) | (words.Contains("Android", StringComparison.Ordinal) ? Platforms.Android : Platforms.None);
        return named == Platforms.None ? Platforms.Ios | Platforms.Android : named;
    }
}
