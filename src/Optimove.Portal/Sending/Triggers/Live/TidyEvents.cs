using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Live;

/// <summary>
/// Ends campaigns whose last day is over, and removes events and messages that went to providers after 30 days, counters of seconds after 2 days,
/// what ended campaigns counted towards, and customers of whom nothing counts any more. Decisions are kept. Running it again changes nothing.
/// </summary>
public sealed class TidyEvents(IDbContextFactory<PortalDb> databases, TenantDatabase database, TenantContext tenant, KnownTriggers known, Audit audit, TimeProvider clock)
{
    /// <summary>Longer than events may be late, so that one told again is always recognised.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan SecondsKept = TimeSpan.FromDays(2);
    private const int Piece = 50_000;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var today = tenant.Current.DayOf(now);
        foreach (var campaign in await db.TriggeredCampaigns.Where(c => (c.State == TriggeredCampaignState.Live || c.State == TriggeredCampaignState.Paused) && c.EndsOn < today).ToListAsync(cancellation))
        {
            (campaign.State, campaign.StateAt) = (TriggeredCampaignState.Ended, now);
            audit.Record(db, "triggered-campaign.ended", campaign.AuditName, after: new { Why = "its last day is over" });
        }
        await db.SaveChangesAsync(cancellation);
        known.Forget(tenant.Current.Id);
        int[] ended = [.. await db.TriggeredCampaigns.Where(c => c.State == TriggeredCampaignState.Ended).Select(c => c.Id).ToListAsync(cancellation)];
        await using var connection = await database.OpenAsync(cancellation);
        while (await ExecuteAsync(connection, $"delete from customer_events where ctid = any (array(select ctid from customer_events where received_at < $1 limit {Piece}))", now - Kept, cancellation) == Piece) { }
        while (await ExecuteAsync(connection, $"delete from triggered_sends where ctid = any (array(select ctid from triggered_sends where decided_at < $1 and state not in ('waiting', 'in_flight') limit {Piece}))", now - Kept, cancellation) == Piece) { }
        await ExecuteAsync(connection, "delete from trigger_seconds where second < $1", now - SecondsKept, cancellation);
        await ExecuteAsync(connection, "delete from triggered_send_seconds where second < $1", now - SecondsKept, cancellation);
        await ExecuteAsync(connection, "delete from trigger_progress where campaign_id = any ($1)", ended, cancellation);
        await ExecuteAsync(connection, "delete from trigger_progress where times = '{}' and entered_at is null and (follows = '{}' or follows[cardinality(follows)] < $1)", now - EventCheck.Oldest, cancellation);
        await ExecuteAsync(connection, "delete from trigger_waits where campaign_id = any ($1)", ended, cancellation);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object value, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600, Parameters = { new() { Value = value } } };
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
