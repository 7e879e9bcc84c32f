using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Campaigns.Promotions;

/// <summary>Keeps what became of customers' promotions of a campaign, all in one statement; of two for one customer the later told counts, of two in one call the last.</summary>
public sealed class SetPromotionStatus(IDbContextFactory<PortalDb> databases, TenantDatabase database, Actor actor, TimeProvider clock)
{
    /// <param name="campaignId">The number of a campaign on a date, as programs know it.</param>
    /// <param name="toldAt">The program's time.</param>
    /// <exception cref="RefusedException">The client has no such campaign.</exception>
    public async Task RunAsync(int campaignId, DateTimeOffset toldAt, IReadOnlyList<(string CustomerId, string Status)> statuses, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.Occurrences.AnyAsync(o => o.Id == campaignId, cancellation)) throw new RefusedException($"CampaignID {campaignId} is not a campaign of this client.");
        var rows = statuses.GroupBy(s => s.CustomerId, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(s => s.CustomerId, StringComparer.Ordinal).ToList();
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("""
            insert into promotion_statuses as p (customer_id, campaign_id, status, told_at)
            select told.customer_id, $1, told.status, $2 from unnest($3, $4) as told (customer_id, status)
            on conflict (customer_id, campaign_id) do update set status = excluded.status, told_at = excluded.told_at where p.told_at <= excluded.told_at
            """, connection)
        {
            Parameters = { new() { Value = campaignId }, new() { Value = toldAt.ToUniversalTime() }, new() { Value = rows.Select(r => r.CustomerId).ToArray() }, new() { Value = rows.Select(r => r.Status).ToArray() } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
