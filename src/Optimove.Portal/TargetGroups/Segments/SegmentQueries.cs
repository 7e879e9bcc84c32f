using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups.Places;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>Reads the entered client's segments, each kind in its order.</summary>
public sealed class SegmentQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The segments and the groups that they can be defined by.</summary>
    public async Task<SegmentsView> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var groups = await db.TargetGroups.AsNoTracking().OrderBy(g => g.Name).Select(g => new { g.Id, g.Name, Archived = g.ArchivedAt != null }).ToListAsync(cancellation);
        var names = groups.ToDictionary(g => g.Id, g => g.Name);
        var segments = await db.Segments.AsNoTracking().Where(s => s.RemovedAt == null).OrderBy(s => s.Kind).ThenBy(s => s.Position).ToListAsync(cancellation);
        return new([.. segments.Select(s => new SegmentLine(s, names[s.TargetGroupId]))], [.. groups.Where(g => !g.Archived).Select(g => (g.Id, g.Name))]);
    }

    /// <summary>The segments of a kind.</summary>
    public async Task<IReadOnlyList<Segment>> OfAsync(SegmentKind kind, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Segments.AsNoTracking().Where(s => s.Kind == kind && s.RemovedAt == null).OrderBy(s => s.Position).ToListAsync(cancellation);
    }

    /// <summary>The segments of a kind as places, in the order in which their rules are tried.</summary>
    public async Task<IReadOnlyList<Place>> PlacesAsync(SegmentKind kind, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rules = await db.Segments.Where(s => s.Kind == kind && s.RemovedAt == null).OrderBy(s => s.Position)
            .Join(db.TargetGroups, s => s.TargetGroupId, g => g.Id, (s, g) => new { s.Position, s.Number, g.Rule }).OrderBy(s => s.Position).ToListAsync(cancellation);
        return [.. rules.Select(r => new Place(r.Number, RuleJson.Read(r.Rule)))];
    }
}

/// <summary>The segments of a client.</summary>
/// <param name="Groups">The target groups that there are, by name.</param>
public sealed record SegmentsView(IReadOnlyList<SegmentLine> Segments, IReadOnlyList<(int Id, string Name)> Groups);

/// <summary>A segment with the name of its target group.</summary>
public sealed record SegmentLine(Segment Segment, string Group);
