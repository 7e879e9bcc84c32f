using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>Removes a segment; its number is not given again.</summary>
public sealed class RemoveSegment(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var segment = await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.RemovedAt == null, cancellation) ?? throw new RefusedException("The segment is no longer there.");
        segment.RemovedAt = clock.GetUtcNow();
        audit.Record(db, "segment.removed", $"Segment {segment.Number} {segment.Name}", new { Removed = false }, new { Removed = true });
        await db.SaveChangesAsync(cancellation);
    }
}
