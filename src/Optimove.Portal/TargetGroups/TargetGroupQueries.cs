using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Customers.Preferences;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups.Uses;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Wording;

namespace Optimove.Portal.TargetGroups;

/// <summary>Answers what the target group pages show.</summary>
public sealed class TargetGroupQueries(IDbContextFactory<PortalDb> databases, TenantRules rules, GroupUses uses, OwnChannels channels)
{
    private const int ComparedDays = 30, HistoryDays = 90;

    /// <summary>Every group that is not archived. Nothing here counts customers: the sizes are those of the night.</summary>
    public async Task<GroupList> ListAsync(CancellationToken cancellation)
    {
        var context = await rules.GetAsync(cancellation);
        var users = await uses.AllAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var groups = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null).OrderBy(g => g.Name).ToListAsync(cancellation);
        var first = context.DataDate.AddDays(-HistoryDays);
        var sizes = (await db.TargetGroupSizes.AsNoTracking().Where(s => s.DataDate >= first).OrderBy(s => s.DataDate).ToListAsync(cancellation)).ToLookup(s => s.TargetGroupId);
        return new([.. groups.Select(g => Line(g, [.. sizes[g.Id]], users.GetValueOrDefault(g.Id) ?? UsesOfGroup.None, context))], context.DataDate);
    }

    /// <summary>Every group that there is or has been, by number.</summary>
    public async Task<IReadOnlyList<TargetGroup>> EverAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.TargetGroups.AsNoTracking().OrderBy(g => g.Id).ToListAsync(cancellation);
    }

    /// <summary>What the builder needs for a group, or for a new one (null); null where the group does not exist.</summary>
    public async Task<GroupForEditing?> ForEditingAsync(int? id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var group = id is null ? null : await db.TargetGroups.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id && g.ArchivedAt == null, cancellation);
        if (id is not null && group is null) return null;
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancellation);
        var others = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null && g.Id != id).OrderBy(g => g.Name).Select(g => new GroupUse(g.Id, g.Name)).ToListAsync(cancellation);
        var loaded = await db.ImportRuns.AsNoTracking().Where(r => r.Kind == ImportKind.Customers && r.State == ImportState.Done)
            .OrderByDescending(r => r.StartedAt).Select(r => r.FinishedAt).FirstOrDefaultAsync(cancellation);
        return new(group, await rules.GetAsync(cancellation), [.. attributes.Select(a => a.ToColumn())], others, loaded,
            group is null ? [] : await SizesAsync(db, group.Id, cancellation), group is null ? UsesOfGroup.None : await uses.OfAsync(group.Id, cancellation)) { Channels = await channels.ListAsync(removed: false, cancellation) };
    }

    private static async Task<IReadOnlyList<(DateOnly Day, long Size)>> SizesAsync(PortalDb db, int groupId, CancellationToken cancellation)
    {
        var latest = await db.TargetGroupSizes.Where(s => s.TargetGroupId == groupId).MaxAsync(s => (DateOnly?)s.DataDate, cancellation);
        if (latest is not { } last) return [];
        var first = last.AddDays(-HistoryDays);
        var sizes = await db.TargetGroupSizes.AsNoTracking().Where(s => s.TargetGroupId == groupId && s.DataDate >= first).OrderBy(s => s.DataDate).ToListAsync(cancellation);
        return [.. sizes.Select(s => (s.DataDate, (long)s.Size))];
    }

    private static GroupLine Line(TargetGroup group, IReadOnlyList<TargetGroupSize> sizes, UsesOfGroup users, RuleContext context)
    {
        var latest = sizes.Count == 0 ? null : sizes[^1];
        var earlier = latest is null ? null : sizes.LastOrDefault(s => s.DataDate <= latest.DataDate.AddDays(-ComparedDays));
        return new(group.Id, group.Name, Describer.Describe(RuleJson.Read(group.Rule), context.Catalogue), latest, latest?.Size - earlier?.Size,
            users.Campaigns.Count, users.Groups.Count, group.ChangedAt, group.ChangedBy);
    }
}

/// <summary>The groups of a tenant.</summary>
public sealed record GroupList(IReadOnlyList<GroupLine> Groups, DateOnly DataDate);

/// <summary>A group in the list.</summary>
/// <param name="Meaning">Its rule in words.</param>
/// <param name="Latest">The latest recorded size; null until the first night.</param>
/// <param name="Change">Against the size thirty days before; null where none was recorded then.</param>
public sealed record GroupLine(int Id, string Name, string Meaning, TargetGroupSize? Latest, long? Change, int Campaigns, int Groups, DateTimeOffset ChangedAt, string ChangedBy)
{
    public double? Share => Latest is { OfTotal: > 0 } ? (double)Latest.Size / Latest.OfTotal : null;
}

/// <summary>A group and what its rule may speak of.</summary>
/// <param name="Group">Null for a new group.</param>
/// <param name="LoadedAt">When the present customers were loaded.</param>
/// <param name="Sizes">The recorded sizes of the last ninety days, the oldest first.</param>
public sealed record GroupForEditing(TargetGroup? Group, RuleContext Context, IReadOnlyList<AttributeColumn> Attributes, IReadOnlyList<GroupUse> Others,
    DateTimeOffset? LoadedAt, IReadOnlyList<(DateOnly Day, long Size)> Sizes, UsesOfGroup Uses)
{
    /// <summary>The channels of partners whose preferences are their own.</summary>
    public IReadOnlyList<OwnChannel> Channels { get; init; } = [];
}
