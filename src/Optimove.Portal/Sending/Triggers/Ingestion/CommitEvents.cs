using System.Globalization;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Deciding;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>
/// Commits a batch of events with everything that follows from them, in one transaction: the events, how far each customer is, the decisions and the
/// notices. Batches of one client follow each other, in whichever process they are made, so that each event is counted once and in one order.
/// </summary>
public sealed class CommitEvents(TenantContext tenant, DecideMet decide, DecisionBell bell, TimeProvider clock)
{
    /// <summary>Held to the end of a transaction that counts or decides.</summary>
    internal const string Lock = "select pg_advisory_xact_lock(hashtext('customer events'), $1)";
    /// <summary>Adds to the counters of one second.</summary>
    internal const string Count = """
        insert into trigger_seconds as s (second, events, sent, control, excluded) values (date_trunc('second', $1), $2, $3, $4, $5)
        on conflict (second) do update set events = s.events + excluded.events, sent = s.sent + excluded.sent, control = s.control + excluded.control, excluded = s.excluded + excluded.excluded
        """;

    /// <param name="connection">With the client's role and no transaction.</param>
    public async Task RunAsync(NpgsqlConnection connection, TriggerWorld world, IReadOnlyList<ReportedEvent> events, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var today = tenant.Current.DayOf(now);
        List<Touch> touches = [.. events.SelectMany(e => world.SpeakingOf(e.Kind).Where(t => t.Campaign.RunsOn(today)).Select(t => new Touch(t, e, t.Counts(e), t.Follows(e))).Where(t => t.Counts || t.Follows))];
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (fresh, progress) = await RecordAsync(connection, events, touches, now, cancellation);
        await using var rest = new NpgsqlBatch(connection);
        var counts = DecidedCounts.None;
        if (fresh.Count > 0)
        {
            counts = await decide.RunAsync(connection, rest, world, Apply(touches.Where(t => fresh.Contains(t.Event)), progress, now), now, cancellation);
            AddProgress(rest, progress);
            rest.Add(Count, now, fresh.Count, counts.Sent, counts.Control, counts.Excluded);
        }
        // Committed in the same round trip; where one before it fails, it is not reached.
        rest.Add("commit");
        await rest.ExecuteNonQueryAsync(cancellation);
        if (counts.Sent > 0) bell.Ring(tenant.Current, world);
    }

    /// <returns>The events that were not known yet, and how far the customers whom they touch are.</returns>
    private async Task<(HashSet<ReportedEvent> Fresh, Dictionary<(int Campaign, string Customer), TriggerProgress> Progress)> RecordAsync(
        NpgsqlConnection connection, IReadOnlyList<ReportedEvent> events, List<Touch> touches, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = touches.Select(t => t.Key).Distinct().ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Lock, tenant.Current.Id);
        batch.Add(SqlFile.Read("record-events.sql"), now, Of(events, e => e.Kind.Id), Of(events, e => e.OccurredAt), Of(events, e => e.EventId), Of(events, e => e.CustomerId), Of(events, e => e.Json));
        if (keys.Count > 0) batch.Add(SqlFile.Read("read-trigger-progress.sql"), Of(keys, k => k.Campaign), Of(keys, k => k.Customer));
        var progress = new Dictionary<(int, string), TriggerProgress>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var ids = new HashSet<string>();
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetString(0));
        if (keys.Count > 0 && await reader.NextResultAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation)) progress[(reader.GetInt32(0), reader.GetString(1))] = Read(reader);
        }
        // Of two with one id in a batch the first is the one that was written.
        return (events.Where(e => ids.Remove(e.EventId)).ToHashSet<ReportedEvent>(ReferenceEqualityComparer.Instance), progress);
    }

    private static TriggerProgress Read(NpgsqlDataReader reader) => new(
        reader.IsDBNull(2) ? [] : reader.GetFieldValue<DateTime[]>(2), reader.IsDBNull(3) ? [] : reader.GetFieldValue<DateTime[]>(3),
        reader.IsDBNull(4) ? null : new(reader.GetString(4), reader.GetDateTime(5), reader.GetDateTime(6), reader.GetString(7)));

    private static List<MetTrigger> Apply(IEnumerable<Touch> touches, Dictionary<(int Campaign, string Customer), TriggerProgress> progress, DateTimeOffset now)
    {
        var met = new List<MetTrigger>();
        foreach (var touch in touches.OrderBy(t => t.Event.OccurredAt))
        {
            if (!progress.TryGetValue(touch.Key, out var far)) progress[touch.Key] = far = new([], [], null);
            met.AddRange(far.Apply(touch.Trigger.Rule, touch.Event, touch.Counts, touch.Follows, now.UtcDateTime).Select(c => new MetTrigger(touch.Trigger, touch.Event.CustomerId, c.EventId, c.Parameters)));
        }
        return met;
    }

    private static void AddProgress(NpgsqlBatch batch, Dictionary<(int Campaign, string Customer), TriggerProgress> progress)
    {
        var counted = progress.Where(p => p.Value.TimesChanged).ToList();
        if (counted.Count > 0)
        {
            batch.Add(SqlFile.Read("write-trigger-progress.sql"), Of(counted, p => p.Key.Campaign), Of(counted, p => p.Key.Customer), Of(counted, p => Literal(p.Value.Times)), Of(counted, p => Literal(p.Value.Follows)));
        }
        var waits = progress.Where(p => p.Value.WaitChanged).ToList();
        if (waits.Count > 0)
        {
            batch.Add(SqlFile.Read("write-trigger-waits.sql"), Of(waits, p => p.Key.Campaign), Of(waits, p => p.Key.Customer), Of(waits, p => p.Value.Wait?.EventId), Of(waits, p => p.Value.Wait?.MetAt),
                Of(waits, p => p.Value.Wait?.DueAt), Of(waits, p => p.Value.Wait?.Parameters));
        }
    }

    private static string Literal(IEnumerable<DateTime> times) => $"{{{string.Join(',', times.Select(t => t.ToString("'\"'yyyy-MM-dd HH:mm:ss.ffffff'+00\"'", CultureInfo.InvariantCulture)))}}}";

    private static TValue[] Of<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value) => [.. items.Select(value)];

    /// <summary>An event that concerns a trigger.</summary>
    private sealed record Touch(LiveTrigger Trigger, ReportedEvent Event, bool Counts, bool Follows)
    {
        public (int Campaign, string Customer) Key => (Trigger.Campaign.Id, Event.CustomerId);
    }
}
