using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Wording;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups;

/// <summary>
/// Makes or changes a target group: the name is its own, the rule is sound and so are the groups that use it, and nobody else's change
/// is overwritten; each no is a <see cref="RefusedException"/>.
/// </summary>
public sealed class SaveTargetGroup(IDbContextFactory<PortalDb> databases, TenantRules rules, TenantContext tenant, Actor actor, Audit audit, TimeProvider clock)
{
    private const int LongestName = 120;

    public async Task<SavedGroup> RunAsync(GroupChange change, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        var name = NameOf(change);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two groups saved at once could otherwise each come to use the other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('target groups'), {tenant.Current.Id})", cancellation);
        var group = await FindAsync(db, change, cancellation);
        await NameMustBeFreeAsync(db, change.Id, name, cancellation);
        var catalogue = await SoundAsync(db, change, name, cancellation);
        var before = group is null ? null : Snapshot(group, catalogue);
        group ??= db.TargetGroups.Add(new() { Name = name, Rule = "", CreatedAt = clock.GetUtcNow(), CreatedBy = actor.Name, ChangedBy = actor.Name }).Entity;
        (group.Name, group.Rule, group.ChangedAt, group.ChangedBy) = (name, RuleJson.Write(change.Rule), clock.GetUtcNow(), actor.Name);
        audit.Record(db, before is null ? "target-group.made" : "target-group.changed", $"Target group \"{name}\"", before, Snapshot(group, catalogue));
        await SaveAsync(db, name, cancellation);
        await transaction.CommitAsync(cancellation);
        return new(group.Id, group.Version);
    }

    private static string NameOf(GroupChange change) => change.Name.Trim() switch
    {
        "" => throw new RefusedException("A target group needs a name. Your colleagues choose it by that."),
        { Length: > LongestName } name => throw new RefusedException($"A name has at most {LongestName} characters; this one has {name.Length}."),
        var name => name,
    };

    private async Task<TargetGroup?> FindAsync(PortalDb db, GroupChange change, CancellationToken cancellation)
    {
        if (change.Id is not { } id) return null;
        var group = await db.TargetGroups.SingleOrDefaultAsync(g => g.Id == id, cancellation);
        if (group is null || group.ArchivedAt is not null) throw new RefusedException("This target group was deleted meanwhile. Save your rule as a new group.");
        if (group.Version == change.Version) return group;
        var at = TimeZoneInfo.ConvertTime(group.ChangedAt, tenant.Current.Zone);
        throw new RefusedException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{group.ChangedBy} changed this group at {at:HH:mm} on {at:d MMMM}, after you opened it. Load it again to see that change; yours is not saved."));
    }

    private static async Task NameMustBeFreeAsync(PortalDb db, int? id, string name, CancellationToken cancellation)
    {
        if (await db.TargetGroups.AnyAsync(g => g.ArchivedAt == null && g.Id != id && g.Name.ToLower() == name.ToLower(), cancellation)) throw NameIsTaken(name);
    }

    private async Task<Catalogue> SoundAsync(PortalDb db, GroupChange change, string name, CancellationToken cancellation)
    {
        var catalogue = (await rules.GetAsync(change.Id is { } id ? [new(id, name, change.Rule)] : [], cancellation)).Catalogue;
        if (RuleChecker.Check(change.Rule, catalogue, change.Id) is [var first, ..]) throw new RefusedException(first.Sentence);
        if (change.Id is null) return catalogue;
        var others = await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null && g.Id != change.Id).ToListAsync(cancellation);
        foreach (var other in others.Select(o => catalogue.Group(o.Id)!).Where(o => LeadsTo(o.Rule, change.Id.Value, catalogue)))
        {
            if (RuleChecker.Check(other.Rule, catalogue, other.Id) is [var problem, ..])
                throw new RefusedException($"{other.Name} uses this group and could no longer be counted: {problem.Sentence}");
        }
        return catalogue;
    }

    private static bool LeadsTo(Rule rule, int groupId, Catalogue catalogue, int depth = 0) => rule switch
    {
        GroupRule named when named.GroupId == groupId => true,
        GroupRule named => depth <= RuleLimits.GroupNesting && catalogue.Group(named.GroupId) is { } inner && LeadsTo(inner.Rule, groupId, catalogue, depth + 1),
        _ => rule.Children.Any(r => LeadsTo(r, groupId, catalogue, depth)),
    };

    private static async Task SaveAsync(PortalDb db, string name, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException("Somebody changed this group at this very moment. Load it again to see that change; yours is not saved.");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw NameIsTaken(name);
        }
    }

    private static RefusedException NameIsTaken(string name) => new($"There is a target group called {name} already. Take another name.");

    private static object Snapshot(TargetGroup group, Catalogue catalogue) =>
        new { group.Name, Meaning = Describer.Describe(RuleJson.Read(group.Rule), catalogue), Rule = JsonNode.Parse(group.Rule) };
}

/// <summary>What a group is to be.</summary>
/// <param name="Id">Null for a new group.</param>
/// <param name="Version">The version that the person saw; of no meaning for a new group.</param>
public sealed record GroupChange(int? Id, uint Version, string Name, Rule Rule);

/// <summary>The group as it was saved.</summary>
public sealed record SavedGroup(int Id, uint Version);
