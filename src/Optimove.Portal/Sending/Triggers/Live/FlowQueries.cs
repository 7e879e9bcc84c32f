using Npgsql;
using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Live;

/// <summary>Reads what happens now: counters of the last minute, notices and messages of the last minutes, the latest decisions. Each is a few rows found by key, however many events there were.</summary>
public sealed class FlowQueries(TenantDatabase database, TenantContext tenant, TimeProvider clock)
{
    /// <summary>The minute that the rates are of.</summary>
    public const int Seconds = 60;
    /// <summary>Of how many minutes the notices are.</summary>
    public const int NoticeMinutes = 5;
    /// <summary>More than so many waiting notices are not counted.</summary>
    public const int MostCounted = 10_000;
    private const int Latest = 12;
    internal const string Undecided = "select received_at from customer_events where number > (select decided from trigger_mark) order by number limit 1";

    public async Task<Flow> ReadAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        var seconds = await connection.ListAsync("select second, events, sent, control, excluded from trigger_seconds where second > $1 order by second",
            r => new FlowSecond(r.GetFieldValue<DateTimeOffset>(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), cancellation, now.AddSeconds(-Seconds));
        var notices = await connection.ListAsync(SqlFile.Read("read-trigger-notices.sql"),
            r => new FlowNotices(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? null : TimeSpan.FromMilliseconds(r.GetDouble(3)), r.IsDBNull(4) ? null : TimeSpan.FromMilliseconds(r.GetDouble(4))),
            cancellation, tenant.Current.Id, RegisterListener.TriggerMet, now.AddMinutes(-NoticeMinutes), now, MostCounted);
        var latest = await connection.ListAsync("""
            select d.id, d.decided_at, c.id, c.name, d.customer_id, d.fate, d.reason from trigger_decisions d join triggered_campaigns c on c.tenant_id = $1 and c.id = d.campaign_id order by d.id desc limit $2
            """, r => new FlowDecision(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6)), cancellation, tenant.Current.Id, Latest);
        var waiting = await connection.ListAsync("select count(*) from (select from trigger_waits limit $1) w", r => r.GetInt64(0), cancellation, MostCounted);
        var undecided = await connection.ListAsync(Undecided, r => now - r.GetFieldValue<DateTimeOffset>(0), cancellation);
        var handover = await connection.ListAsync(SqlFile.Read("read-handover-flow.sql"),
            r => new FlowHandover(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.IsDBNull(4) ? null : TimeSpan.FromMilliseconds(r.GetDouble(4)), r.IsDBNull(5) ? null : TimeSpan.FromMilliseconds(r.GetDouble(5))),
            cancellation, now.AddMinutes(-NoticeMinutes), now, MostCounted);
        return new(now, seconds, notices.Single(), handover.Single(), latest, waiting.Single(), undecided.Count == 0 ? null : undecided[0]);
    }
}

/// <summary>What happens now.</summary>
/// <param name="Seconds">Those of the last minute in which something happened.</param>
/// <param name="Undecided">For how long the oldest event that triggers have not been decided by was kept; null where there is none.</param>
/// <param name="Waits">Customers whose second event is waited for, at most <see cref="FlowQueries.MostCounted"/>.</param>
public sealed record Flow(DateTimeOffset At, IReadOnlyList<FlowSecond> Seconds, FlowNotices Notices, FlowHandover Handover, IReadOnlyList<FlowDecision> Latest, long Waits, TimeSpan? Undecided)
{
    public double EventsPerSecond => Seconds.Sum(s => s.Events) / (double)FlowQueries.Seconds;
    public int Met => Sent + Control + Excluded;
    public int Sent => Seconds.Sum(s => s.Sent);
    public int Control => Seconds.Sum(s => s.Control);
    public int Excluded => Seconds.Sum(s => s.Excluded);
}

/// <summary>Counters of one second.</summary>
public sealed record FlowSecond(DateTimeOffset Second, int Events, int Sent, int Control, int Excluded);

/// <summary>Notices to partners: those that wait now, those of the last minutes that were taken or given up, the slowest of these, and how long the oldest has waited.</summary>
public sealed record FlowNotices(long Waiting, long Delivered, long GivenUp, TimeSpan? Slowest, TimeSpan? OldestWaits);

/// <summary>Messages to providers: those that wait or are being sent now, those of the last minutes that were accepted, failed or lost their answer, the slowest that was accepted, and how long the oldest has waited.</summary>
public sealed record FlowHandover(long Waiting, long Accepted, long Failed, long Unknown, TimeSpan? Slowest, TimeSpan? OldestWaits);

/// <summary>One decision.</summary>
public sealed record FlowDecision(long Id, DateTimeOffset At, int CampaignId, string Campaign, string CustomerId, string Fate, string? Reason);
