using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>Reads the entered client's triggered campaigns.</summary>
public sealed class TriggeredCampaignQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <summary>All, those that run first, with what was decided for each.</summary>
    public async Task<IReadOnlyList<TriggeredLine>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await (from c in db.TriggeredCampaigns.AsNoTracking()
                          join g in db.TargetGroups on c.TargetGroupId equals g.Id into groups
                          from g in groups.DefaultIfEmpty()
                          select new { Campaign = c, Group = g == null ? null : g.Name }).ToListAsync(cancellation);
        var totals = await TotalsAsync(cancellation);
        return [.. rows.OrderBy(r => Order(r.Campaign.State)).ThenByDescending(r => r.Campaign.SavedAt).Select(r => new TriggeredLine(r.Campaign, r.Group, [.. totals[r.Campaign.Id]]))];
    }

    /// <summary>One campaign; null where there is none.</summary>
    public async Task<TriggeredCampaign?> FindAsync(int id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.TriggeredCampaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);
    }

    /// <summary>Those of these ids that exist.</summary>
    public async Task<IReadOnlyList<TriggeredCampaign>> FindAsync(int[] ids, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.TriggeredCampaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(cancellation);
    }

    /// <summary>What was decided, by campaign; the largest first.</summary>
    public async Task<ILookup<int, FateTotal>> TotalsAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select campaign_id, fate, reason, decisions from trigger_totals order by decisions desc, fate, reason", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var totals = new List<(int Campaign, FateTotal Total)>();
        while (await reader.ReadAsync(cancellation)) totals.Add((reader.GetInt32(0), new(reader.GetString(1), reader.GetString(2), reader.GetInt64(3))));
        return totals.ToLookup(t => t.Campaign, t => t.Total);
    }

    private static int Order(TriggeredCampaignState state) => state switch
    {
        TriggeredCampaignState.Live => 0,
        TriggeredCampaignState.Paused => 1,
        TriggeredCampaignState.Draft => 2,
        _ => 3,
    };
}

/// <summary>How many decisions ended so.</summary>
/// <param name="Fate">sent, control or excluded.</param>
/// <param name="Reason">Empty unless excluded.</param>
public sealed record FateTotal(string Fate, string Reason, long Decisions);

/// <summary>A triggered campaign with its group's name and its decisions.</summary>
public sealed record TriggeredLine(TriggeredCampaign Campaign, string? Group, IReadOnlyList<FateTotal> Totals)
{
    public long Sent => Of("sent");
    public long Control => Of("control");
    public long Excluded => Of("excluded");
    public long Met => Sent + Control + Excluded;

    private long Of(string fate) => Totals.Where(t => t.Fate == fate).Sum(t => t.Decisions);
}
