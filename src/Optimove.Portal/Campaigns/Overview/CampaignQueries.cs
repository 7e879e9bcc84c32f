using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Campaigns.Overview;

/// <summary>A row of the list of campaigns: the campaign with the occurrence that matters, its latest.</summary>
/// <param name="GroupSize">Customers of its group at the last count.</param>
public sealed record CampaignRow(Campaign Campaign, Occurrence? Occurrence, string? Group, int? GroupSize, string? Connection);

/// <summary>One campaign with all its occurrences, the latest first.</summary>
public sealed record CampaignView(Campaign Campaign, IReadOnlyList<Occurrence> Occurrences, string? Group, string? Connection, string? Template, string? CopiedFrom);

/// <summary>What the list and the page of a campaign show.</summary>
public sealed class CampaignQueries(IDbContextFactory<PortalDb> databases)
{
    public static readonly string[] Sorts = ["-when", "name", "-saved"];

    /// <param name="state">draft, scheduled (launched, not over), over, cancelled; anything else shows all.</param>
    public async Task<PageOf<CampaignRow>> ListAsync(GridQuery query, string? state, string? text, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Campaigns.AsNoTracking().Where(c => c.ArchivedAt == null)
            .Select(c => new { Campaign = c, Occurrence = db.Occurrences.Where(o => o.CampaignId == c.Id).OrderByDescending(o => o.Date).FirstOrDefault() });
        if (!string.IsNullOrWhiteSpace(text)) rows = rows.Where(r => EF.Functions.ILike(r.Campaign.Name, $"%{Literal(text)}%", "\\"));
        rows = state switch
        {
            "draft" => rows.Where(r => r.Campaign.State == CampaignState.Draft),
            "scheduled" => rows.Where(r => r.Occurrence != null && r.Occurrence.State != OccurrenceState.Measuring
                && r.Occurrence.State != OccurrenceState.Closed && r.Occurrence.State != OccurrenceState.Cancelled),
            "over" => rows.Where(r => r.Occurrence != null && (r.Occurrence.State == OccurrenceState.Measuring || r.Occurrence.State == OccurrenceState.Closed)),
            "cancelled" => rows.Where(r => r.Occurrence != null && r.Occurrence.State == OccurrenceState.Cancelled),
            _ => rows,
        };
        var total = await rows.LongCountAsync(cancellation);
        // A draft has no occurrence and comes first: somebody is working on it.
        var sorted = (query.Sort, query.Descending) switch
        {
            ("name", false) => rows.OrderBy(r => r.Campaign.Name),
            ("name", true) => rows.OrderByDescending(r => r.Campaign.Name),
            ("saved", true) => rows.OrderByDescending(r => r.Campaign.SavedAt),
            ("saved", false) => rows.OrderBy(r => r.Campaign.SavedAt),
            (_, false) => rows.OrderBy(r => r.Occurrence!.SendAt),
            _ => rows.OrderByDescending(r => (DateTimeOffset?)r.Occurrence!.SendAt),
        };
        var page = await sorted.ThenByDescending(r => r.Campaign.Id).Skip(query.Offset).Take(query.PageSize)
            .Select(r => new CampaignRow(r.Campaign, r.Occurrence,
                db.TargetGroups.Where(g => g.Id == r.Campaign.TargetGroupId).Select(g => g.Name).FirstOrDefault(),
                db.TargetGroupSizes.Where(s => s.TargetGroupId == r.Campaign.TargetGroupId).OrderByDescending(s => s.DataDate).Select(s => (int?)s.Size).FirstOrDefault(),
                db.Connections.Where(x => x.Id == r.Campaign.ConnectionId).Select(x => x.Name).FirstOrDefault()))
            .ToListAsync(cancellation);
        return new(page, total);
    }

    public async Task<CampaignView?> GetAsync(int campaignId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var c = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(x => x.Id == campaignId && x.ArchivedAt == null, cancellation);
        if (c is null) return null;
        return new(c,
            await db.Occurrences.AsNoTracking().Where(o => o.CampaignId == campaignId).OrderByDescending(o => o.Date).ToListAsync(cancellation),
            await db.TargetGroups.Where(g => g.Id == c.TargetGroupId).Select(g => g.Name).SingleOrDefaultAsync(cancellation),
            await db.Connections.Where(x => x.Id == c.ConnectionId).Select(x => x.Name).SingleOrDefaultAsync(cancellation),
            await db.Templates.Where(t => t.Id == c.TemplateId).Select(t => t.Name).SingleOrDefaultAsync(cancellation),
            await db.Campaigns.Where(x => x.Id == c.CopiedFromId).Select(x => x.Name).SingleOrDefaultAsync(cancellation));
    }

    private static string Literal(string text) => text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
