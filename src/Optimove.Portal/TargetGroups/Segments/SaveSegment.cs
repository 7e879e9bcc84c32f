using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>Defines a segment, the last of its kind and with the next number, or changes its name and group; kind and number stay as programs know them.</summary>
public sealed class SaveSegment(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    /// <param name="id">Row of the segment to change; null for a new one.</param>
    public async Task RunAsync(int? id, SegmentDraft draft, CancellationToken cancellation = default)
    {
        actor.MustAdministrate(clock);
        draft.Check();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var group = await db.TargetGroups.SingleOrDefaultAsync(g => g.Id == draft.TargetGroupId && g.ArchivedAt == null, cancellation) ?? throw new RefusedException("The target group is no longer there. Choose another one.");
        var segment = id is null ? await NewAsync(db, draft.Kind, cancellation)
            : await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.RemovedAt == null, cancellation) ?? throw new RefusedException("The segment is no longer there.");
        var before = id is null ? null : new { segment.Name, Group = segment.TargetGroupId };
        (segment.Name, segment.TargetGroupId) = (draft.Name.Trim(), group.Id);
        audit.Record(db, before is null ? "segment.defined" : "segment.changed", $"Segment {segment.Number} {segment.Name}", before, new { segment.Name, Group = segment.TargetGroupId });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RefusedException($"There is a segment called {segment.Name} already. Choose another name.");
        }
    }

    private async Task<Segment> NewAsync(PortalDb db, SegmentKind kind, CancellationToken cancellation)
    {
        var last = await db.Segments.Where(s => s.Kind == kind).MaxAsync(s => (int?)s.Number, cancellation) ?? 0;
        var lowest = await db.Segments.Where(s => s.Kind == kind).MaxAsync(s => (int?)s.Position, cancellation) ?? 0;
        return db.Segments.Add(new() { Kind = kind, Name = "", Number = last + 1, Position = lowest + 1, CreatedAt = clock.GetUtcNow() }).Entity;
    }
}
