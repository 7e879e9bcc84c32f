using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups.Uses;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups;

/// <summary>
/// Puts a target group away: it leaves all lists, and what was sent to it keeps its name. Refused while another group, a segment or a campaign
/// that waits to be sent uses it.
/// </summary>
public sealed class ArchiveTargetGroup(IDbContextFactory<PortalDb> databases, GroupUses uses, Actor actor, Audit audit, TimeProvider clock)
{
    private const int Named = 3;

    public async Task RunAsync(int groupId, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        var users = await uses.OfAsync(groupId, cancellation);
        if (users.Waiting.Count > 0)
            throw new RefusedException($"{List([.. users.Waiting.Select(c => c.Name)], "campaign")} waits to be sent to this group. Cancel it, or give it another group first.");
        if (users.Groups.Count > 0)
            throw new RefusedException($"{List([.. users.Groups.Select(g => g.Name)], "target group")} uses this group. Take it out of that rule first.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Segments.Where(s => s.TargetGroupId == groupId && s.RemovedAt == null).Select(s => s.Name).FirstOrDefaultAsync(cancellation) is { } segment)
            throw new RefusedException($"The segment {segment} is defined by this group. Give it another group under Settings, Segments first.");
        var group = await db.TargetGroups.SingleOrDefaultAsync(g => g.Id == groupId && g.ArchivedAt == null, cancellation)
            ?? throw new RefusedException("There is no such target group any more.");
        group.ArchivedAt = clock.GetUtcNow();
        audit.Record(db, "target-group.archived", $"Target group \"{group.Name}\"", new { group.Name, Archived = false }, new { group.Name, Archived = true });
        await db.SaveChangesAsync(cancellation);
    }

    private static string List(IReadOnlyList<string> names, string noun) => names.Count == 1
        ? $"The {noun} {names[0]}"
        : $"Each of {names.Count} {noun}s ({string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {names.Count - Named} more" : "")})";
}
