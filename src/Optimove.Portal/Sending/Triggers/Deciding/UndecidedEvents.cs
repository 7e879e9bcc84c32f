using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Sending.Triggers.Ingestion;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Deciding;

/// <summary>The events that were kept after the mark: up to it all have been decided by. The mark is moved in the transaction that decides.</summary>
internal static class UndecidedEvents
{
    /// <summary>Held to the end of a transaction that counts or decides.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtext('events are decided by'), $1)";
    public const string Find = "select decided, coalesce((select max(number) from customer_events), 0) from trigger_mark";
    private const string Move = "update trigger_mark set decided = $1";
    private const string Count = """
        insert into trigger_seconds as s (second, events, sent, control, excluded) values (date_trunc('second', $1), $2, $3, $4, $5)
        on conflict (second) do update set events = s.events + excluded.events, sent = s.sent + excluded.sent, control = s.control + excluded.control, excluded = s.excluded + excluded.excluded
        """;

    /// <returns>The mark, and the number of the last event that was kept.</returns>
    public static async Task<(long Mark, long Last)> FindAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (await connection.ListAsync(Find, r => (r.GetInt64(0), r.GetInt64(1)), cancellation)).Single();

    /// <summary>Takes the lock, and the events that come next.</summary>
    public static async Task<List<UndecidedEvent>> TakeAsync(NpgsqlConnection connection, TenantScope tenant, TriggerWorld world, int most, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Lock, tenant.Id);
        batch.Add(SqlFile.Read("read-undecided-events.sql"), most);
        var events = new List<UndecidedEvent>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) events.Add(new(reader.GetInt64(0), tenant.DayOf(reader.GetFieldValue<DateTimeOffset>(3)), Read(reader, world)));
        return events;
    }

    /// <summary>Moves the mark behind these events and counts what was decided by them.</summary>
    public static void AddMove(NpgsqlBatch batch, IReadOnlyList<UndecidedEvent> events, DecidedCounts counts, DateTimeOffset now)
    {
        batch.Add(Move, events[^1].Number);
        AddCount(batch, events.Count, counts, now);
    }

    /// <summary>Adds to the counters of this second.</summary>
    public static void AddCount(NpgsqlBatch batch, int events, DecidedCounts counts, DateTimeOffset now) => batch.Add(Count, now, events, counts.Sent, counts.Control, counts.Excluded);

    private static KeptEvent? Read(NpgsqlDataReader reader, TriggerWorld world)
    {
        if (world.Find(reader.GetInt32(1)) is not { } kind) return null;
        var json = reader.GetString(6);
        return new(reader.GetString(4), kind, reader.GetString(5), reader.GetDateTime(2), reader.GetFieldValue<DateTimeOffset>(3), EventJson.Read(kind, json), json);
    }
}

/// <summary>An event that has not been decided by.</summary>
/// <param name="Day">The client's on which it was kept.</param>
/// <param name="Event">Null where its definition was retired meanwhile: no trigger speaks of it then.</param>
internal sealed record UndecidedEvent(long Number, DateOnly Day, KeptEvent? Event)
{
    /// <summary>Which triggers it concerns, and how.</summary>
    public IEnumerable<Touch> Touches(TriggerWorld world) => Event is null ? [] : world.SpeakingOf(Event.Kind).Where(t => t.Campaign.RunsOn(Day))
        .Select(t => new Touch(t, Event, t.Counts(Event), t.Follows(Event))).Where(t => t.Counts || t.Follows);
}

/// <summary>An event that concerns a trigger.</summary>
/// <param name="Counts">It is one of those that count towards the trigger.</param>
/// <param name="Follows">It is the one that must follow, or must not.</param>
internal sealed record Touch(LiveTrigger Trigger, KeptEvent Event, bool Counts, bool Follows);
