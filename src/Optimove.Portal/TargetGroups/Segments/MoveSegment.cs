using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>Puts a segment one place before the one above it, so that its rule is tried first; the first stays where it is.</summary>
public sealed class MoveSegment(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int id, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var segment = await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.RemovedAt == null, cancellation) ?? throw new RefusedException("The segment is no longer there.");
        var above = await db.Segments.Where(s => s.Kind == segment.Kind && s.RemovedAt == null && s.Position < segment.Position).OrderByDescending(s => s.Position).FirstOrDefaultAsync(cancellation);
        if (above is null) return;
        (segment.Position, above.Position) = (above.Position, segment.Position);
        audit.Record(db, "segment.moved", $"Segment {segment.Number} {segment.Name}", after: new { Before = above.Name });
        await db.SaveChangesAsync(cancellation);
    }
}
