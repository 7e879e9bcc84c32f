using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Uses;

/// <summary>Answers which campaigns and which other groups use a target group. Campaigns are a later stage, so they are asked in SQL.</summary>
public sealed class GroupUses(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <summary>Every group that is not archived, with its users.</summary>
    public async Task<IReadOnlyDictionary<int, UsesOfGroup>> AllAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null).OrderBy(g => g.Name).ToListAsync(cancellation);
        var groups = rows.Select(g => (Use: new GroupUse(g.Id, g.Name), Named: Named(RuleJson.Read(g.Rule)).ToHashSet())).ToList();
        var campaigns = (await CampaignsAsync([.. rows.Select(g => g.Id)], cancellation)).ToLookup(c => c.GroupId);
        return rows.ToDictionary(g => g.Id, g =>
        {
            var through = Through(g.Id, groups);
            return new UsesOfGroup([.. campaigns[g.Id]], [.. groups.Where(o => o.Named.Contains(g.Id)).Select(o => o.Use)],
                [.. through.SelectMany(o => campaigns[o.Id])]);
        });
    }

    /// <summary>The users of one group; empty for a group that does not exist.</summary>
    public async Task<UsesOfGroup> OfAsync(int groupId, CancellationToken cancellation = default) =>
        (await AllAsync(cancellation)).GetValueOrDefault(groupId) ?? UsesOfGroup.None;

    /// <summary>The groups that lead to this one, however many groups lie between.</summary>
    private static List<GroupUse> Through(int groupId, List<(GroupUse Use, HashSet<int> Named)> groups)
    {
        var found = new List<GroupUse>();
        var open = new Queue<int>([groupId]);
        while (open.TryDequeue(out var id))
        {
            foreach (var (use, _) in groups.Where(g => g.Named.Contains(id) && g.Use.Id != groupId && !found.Contains(g.Use)))
            {
                found.Add(use);
                open.Enqueue(use.Id);
            }
        }
        return found;
    }

    private static IEnumerable<int> Named(Rule rule) => rule is GroupRule group ? [group.GroupId] : rule.Children.SelectMany(Named);

    private async Task<List<CampaignUse>> CampaignsAsync(int[] groupIds, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(SqlFile.Read("list-uses.sql"), connection) { Parameters = { new() { Value = groupIds } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var campaigns = new List<CampaignUse>();
        while (await reader.ReadAsync(cancellation))
        {
            var date = await reader.IsDBNullAsync(4, cancellation) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(4);
            campaigns.Add(new(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), date, reader.GetBoolean(5), reader.GetBoolean(6)));
        }
        return campaigns;
    }
}

/// <summary>A target group, by its name.</summary>
public sealed record GroupUse(int Id, string Name);

/// <summary>A campaign that addresses a group.</summary>
/// <param name="State">A word of the occurrence's states, or of the campaign's where it has no occurrence.</param>
/// <param name="Waits">Scheduled or triggered, and the group is read again before anything is sent.</param>
/// <param name="Triggered">Its id is a triggered campaign's.</param>
public sealed record CampaignUse(int GroupId, int CampaignId, string Name, string State, DateOnly? SendDate, bool Waits, bool Triggered);

/// <summary>Who uses a group: campaigns and groups directly, and the campaigns of groups that lead to it.</summary>
public sealed record UsesOfGroup(IReadOnlyList<CampaignUse> Campaigns, IReadOnlyList<GroupUse> Groups, IReadOnlyList<CampaignUse> CampaignsOfGroups)
{
    public static readonly UsesOfGroup None = new([], [], []);

    /// <summary>The scheduled campaigns whose people a change of this group changes.</summary>
    public IReadOnlyList<CampaignUse> Waiting => [.. Campaigns.Concat(CampaignsOfGroups).Where(c => c.Waits)];
}
