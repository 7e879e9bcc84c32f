using Optimove.Portal.Twins.Appboy.Campaigns;
using Optimove.Portal.Twins.Appboy.Pushes;
using Optimove.Portal.Twins.Saved;

namespace Optimove.Portal.Twins.Appboy;

/// <summary>One part of an account in the file: nothing else for the account itself, an app group, or what is in one. Each comes after what it belongs to.</summary>
internal sealed record SavedAppboy
{
    private const int UsersPerLine = 1000;

    public string? GroupId { get; init; }
    public SavedAppGroup? Group { get; init; }
    public SavedAppboyUsers? Users { get; init; }
    public AppboyCampaign? Campaign { get; init; }
    public AppboyPush? Push { get; init; }

    public static IEnumerable<SavedLine> Lines(AppboyAccount account) => Parts(account).Select(part => new SavedLine(account.Name) { Appboy = part });

    private static IEnumerable<SavedAppboy> Parts(AppboyAccount account)
    {
        yield return new SavedAppboy();
        foreach (var group in account.Groups.Values)
        {
            yield return new SavedAppboy { GroupId = group.Id, Group = new SavedAppGroup(group.Name, group.RestKey, group.HourlyLimit, [.. group.Denied]) };
            foreach (var alike in group.Users.GroupBy(u => u.Value))
                foreach (var users in alike.Chunk(UsersPerLine))
                    yield return new SavedAppboy { GroupId = group.Id, Users = new SavedAppboyUsers(alike.Key, [.. users.Select(u => u.Key)]) };
            foreach (var campaign in group.Campaigns.Values) yield return new SavedAppboy { GroupId = group.Id, Campaign = campaign };
            foreach (var push in group.Pushes) yield return new SavedAppboy { GroupId = group.Id, Push = push };
        }
    }

    public void PutInto(TwinWorld world, string name)
    {
        var account = GroupId is null ? world.AddAppboy(name) : world.Appboy(name);
        if (GroupId is null) return;
        var group = Group is null ? account.Group(GroupId) : account.AddGroup(GroupId, Group.Name, Group.RestKey);
        if (Group is not null) group.HourlyLimit = Group.HourlyLimit;
        group.Denied.UnionWith(Group?.Denied ?? []);
        if (Users is not null) group.AddUsers(Users.Ids, Users.Push);
        if (Campaign is not null) group.AddCampaign(Campaign);
        if (Push is null) return;
        lock (account.Gate) group.Add(Push);
    }
}

internal sealed record SavedAppGroup(string Name, string? RestKey, int HourlyLimit, string[] Denied);

internal sealed record SavedAppboyUsers(Platforms Push, string[] Ids);
