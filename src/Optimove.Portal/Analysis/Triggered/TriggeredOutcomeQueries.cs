using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Metrics.Triggered;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.Sending.Triggers.Editing;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Analysis.Triggered;

/// <summary>Reads what became of triggered campaigns, from counters alone: their number of messages does not matter.</summary>
public sealed class TriggeredOutcomeQueries(TriggeredCampaignQueries campaigns, TriggeredFigureQueries figures, IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <summary>Those that have been live, running ones first.</summary>
    public async Task<IReadOnlyList<TriggeredOutcome>> ListAsync(CancellationToken cancellation)
    {
        var lines = (await campaigns.ListAsync(cancellation)).Where(l => l.Campaign.State != TriggeredCampaignState.Draft).ToList();
        var (posted, handed, names) = (await figures.ReadAsync(cancellation), await HandedAsync(cancellation), await NamesAsync(cancellation));
        return [.. lines.Select(l => new TriggeredOutcome(l, l.Campaign.ChannelId is { } channel ? names.GetValueOrDefault(channel) : null, posted.GetValueOrDefault(l.Campaign.Id, TriggeredFigures.None))
        {
            HandedOver = l.Campaign.ChannelId is { } number && ExecutionChannel.ConnectionOf(number) is not null ? Of(handed[l.Campaign.Id]) : null,
        })];
    }

    /// <summary>Null where there is none that has been live.</summary>
    public async Task<TriggeredOutcome?> FindAsync(int id, CancellationToken cancellation) => (await ListAsync(cancellation)).FirstOrDefault(o => o.Line.Campaign.Id == id);

    private async Task<ILookup<int, (string State, long Messages)>> HandedAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ListAsync("select campaign_id, state, sends from triggered_send_totals", r => (Campaign: r.GetInt32(0), State: r.GetString(1), Messages: r.GetInt64(2)), cancellation);
        return rows.ToLookup(r => r.Campaign, r => (r.State, r.Messages));
    }

    private async Task<Dictionary<int, string>> NamesAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var partners = await db.PartnerChannels.Select(c => new { c.ChannelId, c.Name }).ToListAsync(cancellation);
        var connections = await db.Connections.Select(c => new { c.Id, c.Name }).ToListAsync(cancellation);
        return partners.Select(c => (c.ChannelId, c.Name)).Concat(connections.Select(c => (ChannelId: ExecutionChannel.Of(c.Id), c.Name))).GroupBy(c => c.ChannelId).ToDictionary(g => g.Key, g => g.First().Name);
    }

    private static HandedOver Of(IEnumerable<(string State, long Messages)> totals)
    {
        var by = totals.ToDictionary(t => t.State, t => t.Messages);
        return new(by.GetValueOrDefault("accepted"), by.GetValueOrDefault("refused"), by.GetValueOrDefault("given_up"));
    }
}
